package dev.millwright.app.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The machine's own Chromium, driven by Playwright, which downloads nothing.
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    var quiet = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(quiet));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed())
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  private static Path installed() {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium on the PATH: install chromium"));
  }

  Visitor visit(URI factory) {
    return visit(factory, new Browser.NewContextOptions().setViewportSize(1440, 900));
  }

  Visitor visit(URI factory, Browser.NewContextOptions options) {
    return new Visitor(browser.newContext(options), factory);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

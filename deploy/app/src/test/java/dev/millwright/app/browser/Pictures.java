package dev.millwright.app.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.millwright.app.running.Client;
import dev.millwright.app.running.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes the pictures in `docs/images` anew, of the real demo. Its name is not a test's, so that it
/// only runs when it is asked for by name.
class Pictures {
  private static final Path IMAGES = Path.of("../../docs/images");

  @TempDir Path folder;

  @Test
  void are_taken_of_the_running_demo() throws Exception {
    var port = freePort();
    var demo = demo(port);
    var url = URI.create("http://127.0.0.1:" + port);
    try (var chromium = new Chromium()) {
      var client = new Client(url);
      awaitCount(client, "items?status=waiting", 5);
      take(chromium, url, ColorScheme.LIGHT, "/review?item=task-demo-money-parse", "review");
      take(chromium, url, ColorScheme.LIGHT, "/items/task-demo-invoice-digits", "item");
      for (var id : List.of("task-demo-port-key", "osv-ghsa-599f-7c49-w659-orders")) {
        client.post(200, "/api/v1/items/" + id + "/approve", Map.of());
      }
      // One has landed, and what the documentation stage found is on its way behind the other.
      awaitCount(client, "items?status=finished", 1);
      awaitCount(client, "items?status=running&stage=validation", 1);
      take(chromium, url, ColorScheme.LIGHT, "/", "floor");
      take(chromium, url, ColorScheme.DARK, "/", "floor-dark");
    } finally {
      demo.destroy();
      demo.onExit().join();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process demo(int port) throws IOException {
    var data = folder.resolve("data").toString();
    var words = ServerProcess.millwright("demo", "--port", String.valueOf(port), "--data", data);
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("demo.log").toFile())
        .start();
  }

  private static void awaitCount(Client client, String query, int count) {
    Awaitility.await(query)
        .atMost(Duration.ofMinutes(15))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> client.get("/api/v1/" + query).path("items").size() >= count);
  }

  private static void take(
      Chromium chromium, URI url, ColorScheme scheme, String path, String name) {
    var options = new NewContextOptions().setViewportSize(1440, 900).setColorScheme(scheme);
    try (var visitor = chromium.visit(url, options).open(path)) {
      visitor.sees(visitor.page().locator(".connection.live"));
      for (var unfinished : List.of(".skeleton", ".toast")) {
        visitor.isGone(visitor.page().locator(unfinished).first());
      }
      visitor.page().screenshot(new ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
    }
  }
}

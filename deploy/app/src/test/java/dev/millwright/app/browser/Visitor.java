package dev.millwright.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/// Somebody with one tab open. Whatever the page does that no page should, fails the test when the
/// visit ends: an error, a breach of its content security policy, a request to anywhere else.
final class Visitor implements AutoCloseable {
  /// Long, because a machine that runs all tests at once is slow.
  private static final double PATIENCE_MILLIS = 60_000;

  private final BrowserContext context;
  private final URI factory;
  private final Page page;
  private final List<String> faults = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private boolean failuresExpected;

  Visitor(BrowserContext context, URI factory) {
    this.context = context;
    this.factory = factory;
    this.page = context.newPage();
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(error -> faults.add("error: " + error));
    page.onDialog(dialog -> faults.add("dialog: " + dialog.message()));
    page.onConsoleMessage(message -> {
      var away = message.text().startsWith("Failed to load resource");
      if (message.type().equals("error") && !(away && failuresExpected)) {
        faults.add("console: " + message.text());
      }
    });
    page.onRequest(request -> {
      requests.add(request.method() + " " + request.url());
      if (!request.url().startsWith(factory.toString()) && !request.url().startsWith("blob:")) {
        faults.add("a request to " + request.url());
      }
    });
  }

  Page page() {
    return page;
  }

  /// What was asked of the factory so far.
  List<String> requests() {
    return requests;
  }

  /// From here on the server may be away, or say no.
  void expectFailures() {
    failuresExpected = true;
  }

  Visitor open(String path) {
    page.navigate(factory.resolve(path).toString());
    return this;
  }

  Locator find(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void press(String... keys) {
    for (var key : keys) {
      page.keyboard().press(key);
    }
  }

  void sees(Locator what) {
    assertThat(what)
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
  }

  void sees(String text) {
    sees(page.getByText(text).first());
  }

  void reads(Locator where, String text) {
    var patience = new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    assertThat(where).containsText(text, patience);
  }

  void isGone(Locator what) {
    assertThat(what).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE_MILLIS));
  }

  void isAt(String path) {
    page.waitForURL(Pattern.compile(Pattern.quote(factory.resolve(path).toString()) + ".*"));
  }

  Object evaluate(String script) {
    return page.evaluate(script);
  }

  /// The lane of a stage, by its name on the page.
  Locator lane(String stage) {
    return page.locator(".lane").filter(having(find(AriaRole.HEADING, stage)));
  }

  static Locator.FilterOptions having(Locator inside) {
    return new Locator.FilterOptions().setHas(inside);
  }

  @Override
  public void close() {
    context.close();
    Assertions.assertThat(faults).as("what the page did wrong").isEmpty();
  }
}

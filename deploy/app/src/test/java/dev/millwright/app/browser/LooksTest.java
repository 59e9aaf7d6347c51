package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.millwright.app.browser.Stay.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Stay.class)
class LooksTest {
  private final Shared stay;

  LooksTest(Shared stay) {
    this.stay = stay;
  }

  private List<String> pages(String key) {
    var id = stay.client().signal(key, "worker");
    stay.client().awaitReview(id);
    var item = "/items/" + id;
    return List.of(
        "/",
        "/items",
        "/intake",
        "/review?item=" + id,
        item,
        item + "?tab=change",
        item + "?tab=evidence",
        item + "?tab=transcript",
        item + "?tab=attempts",
        "/items/nothing-of-this-name");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void every_word_stands_out_from_what_is_behind_it(ColorScheme scheme) {
    var options =
        new NewContextOptions()
            .setViewportSize(1440, 900)
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE);
    try (var visitor = stay.chromium().visit(stay.server().url(), options)) {
      visitor.expectFailures();
      for (var page : pages("looks-" + scheme)) {
        visitor.open(page);
        visitor.sees(visitor.page().locator("main h1, main h2").last());
        visitor.isGone(visitor.page().locator(".skeleton").first());
        assertThat((List<?>) visitor.evaluate(script("contrast.js")))
            .as("words too faint on %s in %s", page, scheme)
            .isEmpty();
        assertThat(visitor.evaluate("document.getAnimations().length"))
            .as("motion on %s although none is wanted", page)
            .isEqualTo(0);
      }
    }
  }

  @Test
  void no_page_is_wider_than_a_phone() {
    var options = new NewContextOptions().setViewportSize(390, 844);
    try (var visitor = stay.chromium().visit(stay.server().url(), options)) {
      visitor.expectFailures();
      for (var page : pages("looks-small")) {
        visitor.open(page);
        visitor.sees(visitor.page().locator("main h1, main h2").last());
        assertThat((Integer) visitor.evaluate("document.documentElement.scrollWidth"))
            .as("width of %s", page)
            .isLessThanOrEqualTo(390);
      }
    }
  }

  private static String script(String name) {
    try (var file = Objects.requireNonNull(LooksTest.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

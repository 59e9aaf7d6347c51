package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.millwright.app.browser.Stay.Shared;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stay.class)
class ItemPageTest {
  private static final int MOST_ELEMENTS = 20_000;

  private final Shared stay;

  ItemPageTest(Shared stay) {
    this.stay = stay;
  }

  @Test
  void everything_known_about_an_item_is_on_its_page() {
    var id = stay.client().signal("known", Stay.AGAIN);
    stay.client().awaitReview(id);
    try (var visitor = stay.visit("/items/" + id)) {
      var journal = visitor.find(AriaRole.COMPLEMENTARY, "Journal");
      visitor.reads(journal, "Signal received");
      visitor.reads(journal, "Codegen done");
      visitor.reads(journal, "Release waits");
      var panel = visitor.page().getByRole(AriaRole.TABPANEL);
      visitor.reads(panel, "Write the file that says it is done.");
      visitor.reads(panel, "make test");
      tab(visitor, "Change");
      visitor.reads(panel, "items/task-known.txt");
      tab(visitor, "Evidence");
      visitor.reads(panel, "Passed on commit");
      tab(visitor, "Transcript");
      visitor.reads(panel, "wrote <b>it</b>");
      tab(visitor, "Attempts");
      visitor.reads(panel, "Validation");
    }
  }

  private static void tab(Visitor visitor, String name) {
    visitor.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
  }

  @Test
  void a_change_and_a_transcript_of_megabytes_are_cut_and_can_be_saved() throws Exception {
    var id = stay.client().signal("large", Stay.TALKER);
    stay.client().await(id, "has a change", item -> item.path("change").isObject());
    try (var visitor = stay.visit("/items/" + id + "?tab=change")) {
      visitor.sees("This change is too large for a page");
      assertThat(elements(visitor)).isLessThan(MOST_ELEMENTS);
      var diff =
          visitor.page().waitForDownload(visitor.find(AriaRole.BUTTON, "Save all of it")::click);
      assertThat(Files.size(diff.path())).isGreaterThan(4_000_000);

      visitor.open("/items/" + id + "?tab=transcript");
      visitor.sees("Only the end is shown.");
      visitor.sees("line 100000 of many");
      assertThat(elements(visitor)).isLessThan(MOST_ELEMENTS);
      var log =
          visitor.page().waitForDownload(visitor.find(AriaRole.BUTTON, "Save all of it")::click);
      assertThat(Files.readString(log.path())).contains("line 1 of many", "line 50000 of many");
    }
  }

  private static int elements(Visitor visitor) {
    return (Integer) visitor.evaluate("document.querySelectorAll('*').length");
  }
}

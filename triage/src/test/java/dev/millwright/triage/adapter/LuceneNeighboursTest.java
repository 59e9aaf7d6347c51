package dev.millwright.triage.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.triage.Given;
import dev.millwright.triage.domain.Alike;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found among earlier work, in a real index on disk.
class LuceneNeighboursTest {
  private static final String TITLE = "CartService.merge crashes with an empty guest cart";
  private static final String BODY = "Signing in as a visitor gives a NullPointerException.";

  @TempDir private Path folder;
  private LuceneNeighbours index;

  @BeforeEach
  void open() throws IOException {
    index = LuceneNeighbours.open(folder.resolve("index"));
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private void note(String id, String repo, String title, String body, int second)
      throws IOException {
    index.note(
        new LuceneNeighbours.Noted(
            new ItemId(id),
            repo,
            title,
            body,
            Author.Trust.MEMBER,
            new Alike.Standing(Given.NOW.plusSeconds(second), null, null)));
  }

  private List<Alike> like(String title, String body) {
    return index.of(new ItemId("new"), "orders", Given.NOW.plusSeconds(50), title, body);
  }

  @Test
  void the_most_alike_comes_first_with_the_words_in_common() throws IOException {
    note("task-1", "orders", "Dark mode for the admin area", "Only colours.", 1);
    note("task-2", "orders", "Guest cart is lost at sign in", "An empty cart.", 2);
    note("task-3", "orders", TITLE, BODY, 3);

    var found = like("NullPointerException in CartService.merge for guests", "The cart is empty.");

    assertThat(found.getFirst().id()).isEqualTo(new ItemId("task-3"));
    assertThat(found.getFirst().common()).contains("CartService.merge", "NullPointerException");
    assertThat(found.getFirst().score()).isBetween(0.4, 1.0);
    assertThat(found).extracting(Alike::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void the_same_words_are_the_same() throws IOException {
    note("task-1", "orders", TITLE, BODY, 1);

    assertThat(like(TITLE, BODY).getFirst().score()).isEqualTo(1);
  }

  @Test
  void neither_itself_nor_later_work_nor_another_repositorys_is_found() throws IOException {
    note("new", "orders", TITLE, BODY, 50);
    note("task-1", "orders", TITLE, BODY, 51);
    note("task-2", "billing", TITLE, BODY, 1);

    assertThat(like(TITLE, BODY)).isEmpty();
  }

  @Test
  void of_two_received_in_the_same_moment_only_one_finds_the_other() throws IOException {
    note("task-1", "orders", TITLE, BODY, 1);
    note("task-2", "orders", TITLE, BODY, 2);

    assertThat(index.of(new ItemId("task-1"), "orders", Given.NOW.plusSeconds(1), TITLE, BODY))
        .isEmpty();
    assertThat(index.of(new ItemId("task-2"), "orders", Given.NOW.plusSeconds(2), TITLE, BODY))
        .extracting(Alike::id)
        .containsExactly(new ItemId("task-1"));
  }

  @Test
  void what_changed_counts_and_what_was_forgotten_does_not() throws IOException {
    note("task-1", "orders", TITLE, BODY, 1);
    note("task-1", "orders", "Dark mode for the admin area", "Only colours.", 1);
    note("task-2", "orders", TITLE, BODY, 2);
    index.forget(new ItemId("task-2"));

    assertThat(like(TITLE, BODY)).isEmpty();
    assertThat(like("Dark mode in the admin area", "")).hasSize(1);
  }

  @Test
  void words_of_languages_without_spaces_are_compared() throws IOException {
    note("task-1", "orders", "请修复登录页面的错误", "点击登录按钮后页面空白", 1);

    assertThat(like("登录页面空白", "点击按钮后出现错误").getFirst().score()).isGreaterThan(0.2);
  }

  @Test
  void hostile_texts_are_only_words() throws IOException {
    note("task-1", "orders", "id:* OR repo:billing)) \\ \"~5^9", "[* TO *] {!x}".repeat(5_000), 1);

    assertThat(like("repo:billing AND *:* \u0000\ud800", "\"unclosed (".repeat(9_000)))
        .hasSizeLessThan(2);
    assertThat(like("", "")).isEmpty();
  }
}

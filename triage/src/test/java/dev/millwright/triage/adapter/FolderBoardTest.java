package dev.millwright.triage.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.adapter.folder.FolderBoard;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.MadeBoard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
class FolderBoardTest {
  @TempDir Path folder;

  private Board board;

  @BeforeEach
  void open() {
    board = ((MadeBoard.Ready) FolderBoard.make(settings(folder.toString()))).board();
  }

  private static BoardSettings settings(String path) {
    return settings(Map.of("path", path));
  }

  private static BoardSettings settings(Map<String, Object> provider) {
    return new BoardSettings(
        "tickets",
        "folder",
        null,
        provider,
        new BoardSettings.Selection(List.of(), List.of(), List.of()),
        new BoardSettings.Pace(Duration.ofSeconds(5), 10, Map.of()),
        BoardSettings.WriteBack.NOTHING);
  }

  @Test
  void a_file_is_a_ticket_with_all_its_front_matter_says() throws IOException {
    write(
        "login-fails.md",
        """
        ---
        title: Login fails
        state: In Progress
        labels: [Agent, " bug "]
        priority: high
        assignee: ada
        blocked_by: [other, gone]
        branch_name: fix/login
        created_at: 2026-03-01T10:00:00Z
        estimate: {points: 3}
        ---

        It says *no*.
        """);
    write("other.md", "---\nstate: done\n---\n# The other\n\nText.\n");

    var issue = only(board.withIds(List.of("login-fails", "missing")));

    assertThat(issue.ref().identifier()).isEqualTo("login-fails");
    assertThat(issue.words())
        .isEqualTo(
            new Issue.Words("Login fails", "It says *no*.", List.of("agent", "bug"), "fix/login"));
    assertThat(issue.state()).isEqualTo("In Progress");
    assertThat(issue.priority()).isEqualTo(2);
    assertThat(issue.standing().assignee()).isEqualTo("ada");
    assertThat(issue.standing().blockedBy())
        .containsExactly(
            new Issue.Blocker("other", "other", "done"), new Issue.Blocker("gone", "gone", null));
    assertThat(issue.standing().dispatchable()).as("it has begun").isTrue();
    assertThat(issue.times().createdAt()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(board.keyOf(issue).value()).isEqualTo("folder:tickets#login-fails");
  }

  @Test
  void plain_markdown_is_a_ticket_to_do_called_after_its_heading() throws IOException {
    write("plain.md", "# Say hello\n\nIn the README.\n");
    write("bare.md", "just do it\n");

    assertThat(got(board.inStates(List.of("TODO"))))
        .extracting(issue -> issue.words().title())
        .containsExactly("bare", "Say hello");
  }

  @Test
  void a_ticket_that_cannot_be_read_is_told_with_why_until_it_is_mended() throws IOException {
    write("fine.md", "# Say hello\n");
    write("torn.md", "---\nstate: [todo\n---\n");

    assertThat(got(board.inStates(List.of("todo")))).hasSize(1);
    assertThat(board.unreadable()).singleElement().asString().startsWith("torn: line 2: ");

    write("torn.md", "---\nstate: todo\n---\n# Mended\n");
    assertThat(got(board.inStates(List.of("todo")))).hasSize(2);
    assertThat(board.unreadable()).isEmpty();

    write("two words.md", "# Say hello\n");
    write("README.md", "# What this folder is\n");
    assertThat(got(board.inStates(List.of("todo")))).hasSize(2);
    assertThat(board.unreadable()).singleElement().asString().startsWith("two words: its name");
  }

  @Test
  void what_has_not_begun_waits_for_what_it_is_blocked_by() throws IOException {
    write("a.md", "---\nblocked_by: b\n---\n");
    write("b.md", "---\nstate: todo\n---\n");
    assertThat(only(board.withIds(List.of("a"))).standing().dispatchable()).isFalse();

    got(board.move("b", "Done"));

    assertThat(only(board.withIds(List.of("a"))).standing().dispatchable()).isTrue();
  }

  @Test
  void only_what_changed_is_said_again() throws IOException {
    write("a.md", "a\n");
    write("b.md", "b\n");
    var start = changes(null);
    assertThat(start.issues()).isEmpty();
    assertThat(changes(start.mark()).issues()).isEmpty();

    write("b.md", "B\n");
    write("c.md", "c\n");
    Files.delete(folder.resolve("a.md"));
    Files.setLastModifiedTime(folder.resolve("c.md"), FileTime.fromMillis(1_000));

    var next = changes(start.mark());
    assertThat(next.issues()).extracting(it -> it.ref().id()).containsExactly("b", "c");
    assertThat(changes(next.mark()).issues()).isEmpty();
    assertThat(changes("another process:7").issues()).as("rather too much").hasSize(2);
  }

  @Test
  void moving_leaves_every_other_byte_as_it_was() throws IOException {
    var text =
        "\uFEFF---\r\n# mine\r\nstate:   todo # for now\r\nmore:\r\n  - x\r\n---\r\n\r\n  Text \r\nno end";
    write("a.md", text);

    got(board.move("a", "In Progress"));
    assertThat(read("a.md")).isEqualTo(text.replace("state:   todo", "state: In Progress"));

    got(board.move("a", "no"));
    assertThat(only(board.withIds(List.of("a"))).state()).isEqualTo("no");
    var before = Files.getLastModifiedTime(folder.resolve("a.md"));
    got(board.move("a", " NO "));
    assertThat(Files.getLastModifiedTime(folder.resolve("a.md"))).isEqualTo(before);
  }

  @Test
  void moving_gives_a_file_the_front_matter_it_lacks() throws IOException {
    write("a.md", "Text\n");
    write("b.md", "---\nlabels: x\n---\nText\n");

    got(board.move("a", "done"));
    got(board.move("b", "Won't do: really"));

    assertThat(read("a.md")).isEqualTo("---\nstate: done\n---\n\nText\n");
    assertThat(read("b.md")).isEqualTo("---\nstate: 'Won''t do: really'\nlabels: x\n---\nText\n");
  }

  @Test
  void a_comment_is_replaced_in_place_and_is_no_part_of_the_ticket() throws IOException {
    write("a.md", "Do it.\n");
    got(board.comment("a", "item-1", "first <!-- millwright:end -->\nmore"));
    got(board.link("a", "The change", URI.create("https://example.com/1")));
    got(board.link("a", "The change", URI.create("https://example.com/1")));
    write("a.md", read("a.md") + "\nWritten below by hand.\n");

    got(board.comment("a", "item-1", "second"));

    assertThat(read("a.md"))
        .isEqualTo(
            """
            Do it.

            <!-- millwright:begin item-1 -->
            second
            <!-- millwright:end -->

            <!-- millwright:begin links -->
            - [The change](https://example.com/1)
            <!-- millwright:end -->

            Written below by hand.
            """);
    assertThat(only(board.withIds(List.of("a"))).words().description())
        .contains("Do it.", "Written below by hand.")
        .doesNotContain("second", "example.com");
    assertThat(folder.toFile().list()).containsExactly("a.md");
  }

  @Test
  void a_file_keeps_its_permissions() throws IOException {
    write("a.md", "Do it.\n");
    var mine = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(folder.resolve("a.md"), mine);

    got(board.move("a", "done"));

    assertThat(Files.getPosixFilePermissions(folder.resolve("a.md"))).isEqualTo(mine);
  }

  @Test
  void nothing_but_plain_files_of_a_decent_size_are_tickets(@TempDir Path elsewhere)
      throws IOException {
    Files.writeString(elsewhere.resolve("secret"), "---\ntitle: secret\n---\n");
    Files.createSymbolicLink(folder.resolve("link.md"), elsewhere.resolve("secret"));
    Files.createDirectory(folder.resolve("folder.md"));
    write("README.md", "about this folder\n");
    write("-rf.md", "x\n");
    write(".hidden.md", "x\n");
    write("huge.md", "x".repeat(300_000));
    write("broken.md", "---\na: [\n---\n");
    write("alias.md", "---\na: &a [x]\nb: [*a, *a, *a]\n---\n");
    Files.write(folder.resolve("latin.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
    write("good.md", "x\n");

    assertThat(got(board.inStates(List.of("todo"))))
        .extracting(issue -> issue.ref().id())
        .containsExactly("good");
    assertThat(got(board.withIds(List.of("link", "../secret", "README")))).isEmpty();
    assertThat(board.withIds(List.of("broken"))).isInstanceOf(Board.Answer.Failed.class);
    assertThat(board.comment("link", "t", "x")).isInstanceOf(Board.Answer.Failed.class);
    assertThat(Files.readString(elsewhere.resolve("secret"))).doesNotContain("millwright");
  }

  @Test
  void without_its_directory_it_says_what_to_do() {
    var missing = (MadeBoard.Unusable) FolderBoard.make(settings(folder + "/none"));

    assertThat(missing.fault().code()).isEqualTo("invalid_folder_path");
    assertThat(missing.fault().reason()).contains("provider.path", "none", "make it");
  }

  @Test
  void on_a_branch_it_needs_a_repository() {
    var board = settings(Map.of("branch", "tickets"));

    assertThat(((MadeBoard.Unusable) FolderBoard.make(board)).fault().code())
        .isEqualTo("missing_folder_repo");
  }

  private Board.Changes changes(@Nullable String mark) {
    return got(board.changedSince(mark));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.UTF_8);
  }

  private static Issue only(Board.Answer<List<Issue>> answer) {
    assertThat(got(answer)).hasSize(1);
    return got(answer).getFirst();
  }

  private static <T> T got(Board.Answer<T> answer) {
    assertThat(answer).isInstanceOf(Board.Answer.Got.class);
    return ((Board.Answer.Got<T>) answer).value();
  }
}

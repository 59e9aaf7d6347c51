package dev.millwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.settings.SymphonyFile;
import dev.millwright.triage.adapter.folder.FolderBoard;
import dev.millwright.triage.port.BoardSource.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines C29, C33 and C34: what a board does while its file is changed.
class SymphonyReloadTest {
  @TempDir Path folder;
  private Path file;
  private SettingsWatch live;
  private OpenBoards boards;

  @BeforeEach
  void a_board_that_works() throws IOException {
    file = folder.resolve("WORKFLOW.md");
    Files.createDirectories(folder.resolve(".git"));
    Files.createDirectories(folder.resolve("tickets"));
    Files.createDirectories(folder.resolve("others"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(file, text("tickets"));
    live = SettingsWatch.of(List.of(file), ((Reading.Good) read()).settings(), this::read);
    boards = new OpenBoards(() -> live.get().intake(), live::unusable, FolderBoard::make);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void C29_an_edit_that_makes_no_sense_holds_back_what_is_new_and_keeps_what_runs()
      throws IOException {
    var before = ((Opened.Ready) boards.open("folder")).board();
    for (var broken : List.of("---\ntracker: [\n---\n", text("tickets").replace("30000", "soon"))) {
      replace(broken);

      await().untilAsserted(() -> assertThat(held()).isSameAs(before));
      assertThat(live.problems()).isNotEmpty();
      replace(text("tickets"));
      await().untilAsserted(() -> assertThat(ready()).isSameAs(before));
    }
  }

  @Test
  void C33_work_that_began_keeps_the_board_it_began_with() throws IOException {
    var before = ((Opened.Ready) boards.open("folder")).board();

    replace(text("others"));

    await().untilAsserted(() -> assertThat(ready()).isNotNull().isNotSameAs(before));
    assertThat(before.activeStates()).isNotEmpty();
  }

  @Test
  void C34_a_file_that_is_gone_holds_back_what_is_new_until_it_is_back() throws IOException {
    var before = ((Opened.Ready) boards.open("folder")).board();

    Files.delete(file);

    await().untilAsserted(() -> assertThat(held()).isSameAs(before));
    assertThat(live.problems())
        .singleElement()
        .asString()
        .startsWith("WORKFLOW.md: missing_workflow_file");
    replace(text("tickets"));
    await().untilAsserted(() -> assertThat(ready()).isSameAs(before));
    assertThat(live.problems()).isEmpty();
  }

  private Object ready() {
    return boards.open("folder") instanceof Opened.Ready(_, var board) ? board : "not ready";
  }

  private Object held() {
    return boards.open("folder") instanceof Opened.HeldBack(_, var board, _) ? board : "not held";
  }

  private static String text(String tickets) {
    return "---\ntracker: {kind: folder, provider: {path: %s}}\npolling: {interval_ms: 30000}\n---\nDo it.\n"
        .formatted(tickets);
  }

  /// As editors do it.
  private void replace(String text) throws IOException {
    var beside = Files.writeString(folder.resolve("WORKFLOW.md~"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Reading read() {
    var environment = Map.of("HOME", folder.toString(), "OPENAI_API_KEY", "k");
    return SymphonyFile.read(file, Surroundings.of(folder, environment), Optional.empty());
  }
}

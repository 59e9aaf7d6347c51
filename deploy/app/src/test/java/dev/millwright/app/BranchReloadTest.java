package dev.millwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.app.running.Home;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SettingsFile;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.triage.adapter.board.BoardNetwork;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardSource.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a board on a branch while the settings of its repository change.
class BranchReloadTest {
  @TempDir Path folder;
  private Path file;
  private SettingsWatch live;
  private BoardNetwork network;
  private OpenBoards boards;

  @BeforeEach
  void a_board_on_a_branch_of_one_of_two_repositories() throws IOException {
    repository("here");
    repository("there");
    file = Files.writeString(folder.resolve("millwright.yaml"), text("here", "main", "A.md"));
    live = SettingsWatch.of(List.of(file), ((Reading.Good) read()).settings(), this::read);
    network = new BoardNetwork(BoardNetwork.Limits.USUAL, Clock.systemUTC());
    var opening = Wiring.boards(live, network, Clock.systemUTC());
    boards = new OpenBoards(() -> live.get().intake(), live::unusable, opening);
  }

  @AfterEach
  void stop() {
    live.close();
    network.close();
  }

  @Test
  void it_is_read_and_written_where_the_repository_is_now() throws IOException {
    assertThat(tickets()).containsExactly("here");

    replace(text("there", "main", "A.md"));

    await().untilAsserted(() -> assertThat(tickets()).containsExactly("there"));
    assertThat(ready().move("there", "done")).isInstanceOf(Board.Answer.Got.class);
    assertThat(commits("there")).isEqualTo("2");
    assertThat(commits("here")).isEqualTo("1");
  }

  @Test
  void it_stays_the_same_while_nothing_it_needs_changes() throws IOException {
    var before = ready();

    replace(text("here", "main", "B.md"));

    await().untilAsserted(() -> assertThat(orders().workflow()).isEqualTo("B.md"));
    assertThat(ready()).isSameAs(before);
  }

  @Test
  void it_is_held_back_once_changes_land_on_its_branch() throws IOException {
    var before = ready();

    replace(text("here", "tickets", "A.md"));

    await().untilAsserted(() -> assertThat(orders().base()).isEqualTo("tickets"));
    assertThat(boards.open("tickets"))
        .isInstanceOfSatisfying(
            Opened.HeldBack.class,
            held -> {
              assertThat(held.board()).isSameAs(before);
              assertThat(held.why().code()).isEqualTo("invalid_folder_branch");
            });
  }

  private List<String> tickets() {
    return ready().inStates(List.of("todo")) instanceof Board.Answer.Got<List<Issue>>(var issues)
        ? issues.stream().map(issue -> issue.ref().identifier()).toList()
        : List.of();
  }

  private Board ready() {
    return ((Opened.Ready) boards.open("tickets")).board();
  }

  private RepoSettings orders() {
    return Objects.requireNonNull(live.get().repos().get("orders"));
  }

  private String commits(String name) {
    return Home.git(folder.resolve(name), "rev-list", "--count", "tickets");
  }

  /// With one ticket, called after it.
  private void repository(String name) throws IOException {
    Home.git(folder, "init", "-q", "--initial-branch=tickets", name + "-checkout");
    var checkout = folder.resolve(name + "-checkout");
    Files.writeString(checkout.resolve(name + ".md"), "# Say it\n");
    Home.git(checkout, "add", "--all");
    Home.git(checkout, "commit", "-q", "--message=Begin");
    Home.git(folder, "clone", "-q", "--bare", name + "-checkout", name);
  }

  private static String text(String url, String base, String workflow) {
    return """
    repos:
      orders: {url: %s, base: %s, workflow: %s}
    boards:
      - {name: tickets, kind: folder, repo: orders, provider: {branch: tickets}}
    """
        .formatted(url, base, workflow);
  }

  /// As editors do it.
  private void replace(String text) throws IOException {
    var beside = Files.writeString(folder.resolve("millwright.yaml~"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Reading read() {
    return SettingsFile.read(file, Surroundings.of(folder, Map.of("HOME", folder.toString())));
  }
}

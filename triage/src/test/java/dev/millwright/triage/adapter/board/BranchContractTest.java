package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.triage.adapter.folder.FolderBoard;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tickets on a branch of a repository that the factory has a mirror of.
@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
final class BranchContractTest extends BoardContract {
  private static final String REPO = "orders.git";

  @TempDir Path folder;

  @Override
  BoardWorld open() {
    git(folder, "init", "-q", "--bare", "--initial-branch=main", REPO);
    git(folder, "clone", "-q", REPO, "checkout");
    git(checkout(), "checkout", "-q", "-b", "tickets");
    git(checkout(), "commit", "-q", "--allow-empty", "--message=Begin");
    git(checkout(), "push", "-q", "origin", "tickets");
    var board = ((MadeBoard.Ready) made("tickets", "open")).board();
    return new FolderContractTest.Drawer(checkout().resolve("open"), board) {
      @Override
      void look() {
        git(checkout(), "pull", "-q", "--rebase", "origin", "tickets");
      }

      @Override
      void changed() {
        git(checkout(), "add", "--all");
        git(checkout(), "commit", "-q", "--message=Write tickets");
        if (!run(checkout(), "push", "-q", "origin", "tickets").ok()) {
          look();
          git(checkout(), "push", "-q", "origin", "tickets");
        }
      }
    };
  }

  @Test
  void what_is_written_is_one_commit_of_the_factory_and_nothing_else_changes() throws IOException {
    Files.writeString(checkout().resolve("README.md"), "About it\n");
    var id = world.ticket("Say it", world.todo());
    var other = world.ticket("Leave it", world.todo());

    got(world.board().move(id, world.doing()));
    got(world.board().move(id, world.doing()));

    assertThat(git(bare(), "log", "--format=%an|%s|%b", "-1", "tickets"))
        .isEqualTo("Millwright|Move it to in progress|Ticket: " + id);
    assertThat(git(bare(), "diff", "--stat", "--format=", "tickets~1", "tickets"))
        .contains("open/" + id + ".md", "1 file changed, 1 insertion(+), 1 deletion(-)");
    assertThat(git(bare(), "ls-tree", "-r", "--name-only", "tickets").lines())
        .containsExactly("README.md", "open/" + id + ".md", "open/" + other + ".md");
  }

  @Test
  void who_writes_at_the_same_time_loses_nothing() {
    var ids = IntStream.range(0, 4).mapToObj(it -> world.ticket("Ticket " + it, "todo")).toList();
    var second = ((MadeBoard.Ready) made("tickets", "open")).board();

    try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<?>>();
      for (var id : ids) {
        all.add(
            CompletableFuture.runAsync(() -> got(world.board().comment(id, "one", "First")), many));
        all.add(CompletableFuture.runAsync(() -> got(second.comment(id, "other", "Second")), many));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    for (var id : ids) {
      assertThat(world.commentsOn(id)).containsExactlyInAnyOrder("First", "Second");
    }
  }

  @Test
  void what_a_person_pushes_meanwhile_is_kept() throws IOException {
    var id = world.ticket("Say it", world.todo());
    got(world.board().inStates(List.of("todo")));
    world.rename(id, "Say it louder");

    got(world.board().comment(id, "progress", "Begun"));

    var issue = got(world.board().withIds(List.of(id))).getFirst();
    assertThat(issue.words().title()).isEqualTo("Say it louder");
    assertThat(world.commentsOn(id)).containsExactly("Begun");
  }

  @Test
  void a_branch_that_is_not_there_or_goes_is_a_fault_and_one_that_comes_is_read() {
    world.ticket("Say it", world.todo());
    var board = ((MadeBoard.Ready) made("later", "open")).board();
    assertThat(fault(board.changedSince(null)).reason()).contains("no such branch");

    git(checkout(), "push", "-q", "origin", "tickets:later");
    assertThat(got(board.inStates(List.of("todo")))).hasSize(1);
    git(checkout(), "push", "-q", "origin", ":later");

    assertThat(fault(board.inStates(List.of("todo"))).category()).isEqualTo(Category.RESPONSE);
  }

  @Test
  void what_the_repository_does_not_take_is_a_fault() throws IOException {
    var id = world.ticket("Say it", world.todo());
    var hook = Files.writeString(bare().resolve("hooks/update"), "#!/bin/sh\necho never; exit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();

    assertThat(fault(world.board().move(id, world.doing())).reason()).contains("does not take it");
    assertThat(world.stateOf(id)).isEqualTo(world.todo());
  }

  @ParameterizedTest
  @CsvSource({
    "main, '', invalid_folder_branch",
    "millwright/item-1, '', invalid_folder_branch",
    "--upload-pack=x, '', invalid_folder_branch",
    "a..b, '', invalid_folder_branch",
    "tickets, ../elsewhere, invalid_folder_path",
    "tickets, /etc, invalid_folder_path",
    "tickets, .git, invalid_folder_path",
  })
  void settings_that_cannot_be_say_so(String branch, String path, String code) {
    assertThat(((MadeBoard.Unusable) made(branch, path)).fault().code()).isEqualTo(code);
  }

  private MadeBoard made(String branch, String path) {
    var provider = Map.<String, Object>of("branch", branch, "path", path);
    var mirror = new Mirrors(folder.resolve("data")).mirror("orders", bare().toString());
    return FolderBoard.make(
        Given.settings(FolderBoard.KIND, provider, List.of(), List.of()),
        mirror,
        "main",
        Clock.systemUTC());
  }

  private Path checkout() {
    return folder.resolve("checkout");
  }

  private Path bare() {
    return folder.resolve(REPO);
  }

  /// As a person runs it.
  private static String git(Path where, String... words) {
    var ran = run(where, words);
    assertThat(ran.ok()).as(String.join(" ", words) + "\n" + ran.said()).isTrue();
    return ran.said();
  }

  private record Ran(boolean ok, String said) {}

  private static Ran run(Path where, String... words) {
    var argv = new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@x"));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).directory(where.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
    try {
      var process = builder.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ran(process.onExit().join().exitValue() == 0, said.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

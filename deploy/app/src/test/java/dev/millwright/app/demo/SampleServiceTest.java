package dev.millwright.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleServiceTest {
  private static final Path TREE = Path.of("src", "main", "resources", "demo", "orders");

  @TempDir Path folder;

  @Test
  void the_same_commit_is_made_every_time() throws Exception {
    assertThat(commitIn("one")).isEqualTo(commitIn("two")).matches("[0-9a-f]{40}");
  }

  @Test
  void a_repository_that_is_there_is_left_as_it_is() throws Exception {
    String commit = commitIn("one");
    Files.writeString(folder.resolve("one/README.md"), "mine");

    assertThat(commitIn("one")).isEqualTo(commit);
    assertThat(folder.resolve("one/README.md")).hasContent("mine");
  }

  @Test
  void every_file_of_the_tree_is_in_the_index() throws Exception {
    commitIn("one");

    assertThat(names(folder.resolve("one")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    names(TREE).stream()
                        .map(name -> name.equals("gitignore") ? ".gitignore" : name),
                    Stream.of("WORKFLOW.md"))
                .toList());
  }

  @Test
  void every_signal_names_an_agent_that_exists() throws Exception {
    var sample = new SampleService(sandbox());

    assertThat(sample.signals()).hasSize(5);
    for (var signal : sample.signals()) {
      assertThat(sample.agents()).containsKey(signal.path("agent").asText());
      assertThat(signal.path("repo").asText()).isEqualTo(SampleService.REPO);
    }
  }

  private String commitIn(String name) throws Exception {
    Path target = Files.createDirectories(folder.resolve(name));
    new SampleService(sandbox()).write(target);
    var exit = sandbox().run(Command.of("git", "rev-parse", "HEAD"), Box.of(target));
    return exit.output().stdout().strip();
  }

  private static List<String> names(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.startsWith(".git/"))
          .toList();
    }
  }

  private Sandbox sandbox() {
    return switch (Sandboxes.detect(SandboxKind.NONE, folder.resolve("data"))) {
      case Detection.Available(var sandbox) -> sandbox;
      case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
    };
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole factory in each sandbox that works here, and in none.
class SandboxKindsTest {
  private static final String LOUD = "NONE: agents and checks act as the factory's user";

  @TempDir Path folder;

  /// Docker where `MILLWRIGHT_TEST_IMAGE` names an image its engine has; see CONTRIBUTING.md.
  static Stream<String> sandboxes() {
    var image = System.getenv().getOrDefault("MILLWRIGHT_TEST_IMAGE", "");
    return image.isEmpty()
        ? Stream.of("kind: bubblewrap")
        : Stream.of("kind: bubblewrap", "kind: docker, image: '%s'".formatted(image));
  }

  @ParameterizedTest
  @MethodSource("sandboxes")
  void work_is_done_in_it(String sandbox) throws Exception {
    var home = Home.make(folder, TestDatabase.H2, Map.of(), "sandbox: {%s}\n".formatted(sandbox));
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());

      var item = client.signal("one", "worker");

      client.awaitReview(item);
      assertThat(sandbox).contains(client.get("/health/live").path("sandbox").asText());
      assertThat(client.get("/api/v1/items/" + item + "/evidence").toString())
          .doesNotContain("NO ISOLATION");
    }
    assertThat(Files.getPosixFilePermissions(home.data()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void that_nothing_isolates_is_said_wherever_one_looks() throws Exception {
    var home = Home.make(folder, TestDatabase.H2, Map.of(), "sandbox: {kind: none}\n");
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var item = client.signal("one", "worker");
      client.awaitReview(item);

      assertThat(server.output()).contains(LOUD, "event=NoIsolation");
      for (var route : new String[] {"/health/live", "/health/ready", "/api/v1/stages"}) {
        assertThat(client.get(route).path("sandbox").asText()).as(route).isEqualTo("none");
      }
      assertThat(client.get("/api/v1/items/" + item + "/evidence").path("diagnostics").toString())
          .contains("NO ISOLATION");
      var cli = new Cli(folder, server.url());
      for (var look : new String[] {"show", "evidence", "history"}) {
        assertThat(cli.run(look, item).err()).as(look).contains(LOUD);
      }
    }
  }
}

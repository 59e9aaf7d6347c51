package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `audit verify` beside a running factory and after it.
class AuditedTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void the_journal_is_verified_by_who_may_open_it_on(TestDatabase database) throws Exception {
    var home = Home.make(folder, database);
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      client.awaitReview(client.signal("first", "worker"));

      var beside = verify(home);
      switch (database) {
        case H2 -> assertThat(beside).startsWith("1 ").contains("Another factory holds", "Stop it");
        case POSTGRES -> assertThat(beside).startsWith("0 ").contains("intact");
      }

      client.awaitReview(client.signal("second", "worker"));
      server.kill();
    }
    assertThat(verify(home)).startsWith("0 ").contains("intact", "of 2 items");
  }

  /// The exit code and what it said.
  private static String verify(Home home) throws Exception {
    var process =
        new ProcessBuilder(
                ServerProcess.millwright("audit", "verify", "--config", "" + home.settings()))
            .directory(home.folder().toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

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

      var beside = CommandLine.run(home, "audit", "verify");
      switch (database) {
        case H2 -> {
          assertThat(beside.exit()).isEqualTo(1);
          assertThat(beside.output()).contains("Another factory holds", "Stop it");
        }
        case POSTGRES -> {
          assertThat(beside.exit()).as(beside.output()).isZero();
          assertThat(beside.output()).contains("intact");
        }
      }

      client.awaitReview(client.signal("second", "worker"));
      server.kill();
    }
    var after = CommandLine.run(home, "audit", "verify");
    assertThat(after.exit()).as(after.output()).isZero();
    assertThat(after.output()).contains("intact", "of 2 items");
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void a_factory_starts_works_and_stops_on(TestDatabase database) {
    var home = Home.make(folder, database);
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = client.signal("first", "worker");

      client.awaitReview(id);

      assertThat(server.stop()).isZero();
    }
  }
}

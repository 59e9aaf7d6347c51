package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void while_the_database_is_away_nothing_is_taken_and_nothing_is_lost() throws Exception {
    var postgres = postgres(0);
    var port = postgres.getPort();
    var home = Home.make(folder, TestDatabase.H2, Map.of(), storage(port, "postgres"));
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var before = client.signal("before", "worker");
      client.awaitReview(before);

      postgres.close();
      await().atMost(SOON).until(() -> get(server.url(), "/health/ready").statusCode() == 503);

      var meanwhile = "{\"title\": \"Meanwhile\"}";
      var refused =
          await()
              .atMost(SOON)
              .until(
                  () -> post(server.url(), "/api/v1/signals", meanwhile),
                  answer -> answer.body().contains("nothing was kept"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("does not answer");
      var approval = post(server.url(), "/api/v1/items/" + before + "/approve", "{}");
      assertThat(approval.statusCode()).isEqualTo(503);
      assertThat(get(server.url(), "/health/live").statusCode()).isEqualTo(200);

      postgres = postgres(port);
      await().atMost(SOON).until(() -> get(server.url(), "/health/ready").statusCode() == 200);

      client.post(200, "/api/v1/items/" + before + "/approve", Map.of());
      client.await(before, "is done", item -> item.path("result").asText().equals("done"));
      client.awaitReview(client.signal("meanwhile", "worker"));
      assertThat(server.output()).contains("event=DatabaseAway", "event=DatabaseBack");
    } finally {
      postgres.close();
    }
  }

  @Test
  void a_database_that_cannot_be_used_is_said_with_the_fix_and_without_the_password()
      throws Exception {
    try (var postgres = postgres(0)) {
      var port = postgres.getPort();
      onlyWithPasswords(postgres);

      assertThat(up(storage(port, "millwright")))
          .contains("does not let 'millwright' in", "Correct");
      assertThat(up(storage(1, "millwright"))).contains("does not answer", "Start it");
    }
  }

  /// What `up` says before it gives up.
  private String up(String storage) {
    var home =
        Home.make(folder.resolve("home" + storage.hashCode()), TestDatabase.H2, Map.of(), storage);
    var said =
        CommandLine.run(
            URI.create("http://localhost"), "up", "--config", home.settings().toString());
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.output()).doesNotContain("s3cret", "Exception", "\tat ");
    return said.output();
  }

  private static void onlyWithPasswords(EmbeddedPostgres postgres) throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE millwright LOGIN PASSWORD 'another'");
      var rules = statement.executeQuery("SHOW hba_file");
      rules.next();
      Files.writeString(Path.of(rules.getString(1)), "host all all all scram-sha-256\n");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setCleanDataDirectory(false)
            .setDataDirectory(folder.resolve("postgres"));
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }

  private static String storage(int port, String user) {
    return """
    storage:
      url: jdbc:postgresql://localhost:%d/postgres
      user: %s
      password: s3cret
    """
        .formatted(port, user);
  }

  private static HttpResponse<String> get(URI server, String path) throws Exception {
    return send(HttpRequest.newBuilder(server.resolve(path)).GET());
  }

  private static HttpResponse<String> post(URI server, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}

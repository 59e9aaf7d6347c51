package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `kill -9` while a board is being dispatched: every ticket becomes one item, started once.
///
/// Nobody can tell which repository the tickets are about, so each item asks and takes no place,
/// and what is measured is the board alone. `-Dkilled.seed` repeats the moments of a run.
class BoardKilledTest {
  private static final int TICKETS = 60;
  private static final int KILLS = Integer.getInteger("killed.boards", 1);
  private static final long SEED = Long.getLong("killed.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BOARD =
      """
      boards:
        - name: tickets
          kind: folder
          provider: {path: tickets}
          every: 1s
          max_concurrent: 8
          write_back: {comments: true}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void every_ticket_becomes_one_item_started_once_on(TestDatabase database) throws Exception {
    System.out.printf("kills=%d -Dkilled.seed=%d %s%n", KILLS, SEED, database);
    var random = new Random(SEED);
    var home = Home.make(folder, database, Map.of(), BOARD);
    nobodyKnowsWhichRepository(home);
    write(home);
    for (var kill = 1; kill <= KILLS; kill++) {
      var some = TICKETS * kill / (KILLS + 2);
      try (var server = ServerProcess.start(home)) {
        var client = new Client(server.url());
        await().atMost(PATIENCE).until(() -> items(client).size() >= some);
        // Not for anything to happen: the moment itself is what is random.
        Thread.sleep(random.nextInt(500));
        server.kill();
      }
    }

    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      await().atMost(PATIENCE).until(() -> commented(home) == TICKETS);

      assertThat(items(client)).hasSize(TICKETS);
      for (var item : items(client)) {
        var id = item.path("id").asText();
        assertThat(item.path("waiting_on").asText()).as(id).isEqualTo("answer");
        assertThat(received(client, id)).as(id).isEqualTo(1);
      }
      var board = client.get("/api/v1/boards").path("boards").path(0);
      assertThat(board.path("waiting").asInt()).isEqualTo(TICKETS);
      assertThat(board.path("fault").isNull()).as(board.toString()).isTrue();
      assertThat(CommandLine.run(server.url(), "boards").output()).contains("tickets", "folder");

      // Somebody answers on the ticket itself, and the work is done.
      Files.writeString(file(home, 1), "\n## Comments\n\nIn orders.\n", StandardOpenOption.APPEND);
      client.awaitReview("folder-tickets-visitor-01");
      assertThat(client.get("/api/v1/items/folder-tickets-visitor-01/context").path("decisions"))
          .hasSize(1);
      server.stop();
    }
    for (var ticket = 2; ticket <= TICKETS; ticket++) {
      assertThat(comments(home, ticket)).isEqualTo(1);
    }
  }

  private static void nobodyKnowsWhichRepository(Home home) throws IOException {
    var settings = Files.readString(home.settings());
    Files.writeString(
        home.settings(),
        settings.replaceFirst("repos:\n", "repos:\n  other: {url: orders.git, base: main}\n"));
  }

  private static void write(Home home) throws IOException {
    Files.createDirectories(home.folder().resolve("tickets"));
    for (var ticket = 1; ticket <= TICKETS; ticket++) {
      Files.writeString(
          file(home, ticket),
          "---\nstate: todo\npriority: %d\n---\n# Greet visitor %d\n\nPolitely.\n"
              .formatted(ticket % 4 + 1, ticket));
    }
  }

  private static Path file(Home home, int ticket) {
    return home.folder().resolve("tickets").resolve("visitor-%02d.md".formatted(ticket));
  }

  private static long commented(Home home) {
    return IntStream.rangeClosed(1, TICKETS)
        .filter(ticket -> text(home, ticket).contains("It waits for an answer"))
        .count();
  }

  private static int comments(Home home, int ticket) {
    return text(home, ticket).split("millwright:begin", -1).length - 1;
  }

  private static String text(Home home, int ticket) {
    try {
      return Files.readString(file(home, ticket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode items(Client client) {
    return client.get("/api/v1/items?limit=500").path("items");
  }

  private static long received(Client client, String item) {
    var events = client.get("/api/v1/items/" + item + "/history").path("events");
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("event").asText().equals("signal-received"))
        .count();
  }
}

package dev.millwright.app.running;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `kill -9` at random moments, and nothing that was acknowledged is lost or done twice.
///
/// The short form runs with every test; `make killed` runs the full one. `-Dkilled.seed` repeats
/// the moments of a run.
class KilledTest {
  private static final int KILLS = Integer.getInteger("killed.kills", 2);
  private static final int ITEMS = Integer.getInteger("killed.items", 15);
  private static final long SEED = Long.getLong("killed.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LONGEST_LIFE_MILLIS = 8_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void nothing_acknowledged_is_lost_or_done_twice_on(TestDatabase database) throws Exception {
    System.out.printf("kills=%d items=%d -Dkilled.seed=%d %s%n", KILLS, ITEMS, SEED, database);
    var random = new Random(SEED);
    var orphans = new Orphans();
    var home = Home.make(folder, database, Map.of("busy", busy(orphans)), "");
    forgetChangelog(home);
    Set<String> unfinished = new HashSet<>();
    try (var load = new Load("busy")) {
      for (var kill = 0; kill < KILLS; kill++) {
        if (random.nextInt(4) == 0) {
          ServerProcess.startAndKill(home, Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
        }
        try (var server = ServerProcess.start(home)) {
          var client = new Client(server.url());
          everythingAcknowledgedIsThere(client, load);
          // A third at once, the rest one life after the other: each death meets a working line.
          load.due(ITEMS * (kill + KILLS / 2 + 1) / (KILLS + KILLS / 2));
          load.speakWith(client);
          // Not for anything to happen: the moment itself is what is random.
          Thread.sleep(500 + random.nextInt(LONGEST_LIFE_MILLIS));
          server.kill();
          load.speakWith(null);
        }
        unfinished.addAll(unfinishedWork(home));
      }
      try (var server = ServerProcess.start(home)) {
        var client = new Client(server.url());
        load.due(ITEMS);
        load.speakWith(client);
        await("all items are done").atMost(PATIENCE).until(() -> done(client) == ITEMS);
        everythingAcknowledgedIsThere(client, load);
        assertThat(load.acknowledged()).hasSize(ITEMS);
        assertThat(client.get("/api/v1/items?limit=500").path("items")).hasSize(ITEMS);
        server.stop();
      }
      everyItemLandedOnce(home, load);
      allWorkIsKept(home, unfinished);
      assertThat(workspaces(home)).isEmpty();
      for (var scratch : List.of("checks", "probes", "processes")) {
        assertThat(home.data().resolve(scratch).toFile().list()).as(scratch).isNullOrEmpty();
      }
      orphans.assertNone();
      var audit = CommandLine.run(home, "audit", "verify");
      assertThat(audit.exit()).as(audit.output()).isZero();
    }
  }

  /// Works for up to a second and leaves processes behind in every way it knows.
  private static String busy(Orphans orphans) {
    return "%1$s & setsid %1$s & (setsid sh -c \"%1$s & wait\" &); mkdir -p items; "
            .formatted(orphans.command())
        + "echo attempt $MILLWRIGHT_ATTEMPT >> items/$MILLWRIGHT_ITEM.txt; "
        + "echo done >> items/$MILLWRIGHT_ITEM.txt; "
        + "sleep 0.$(date +%N | cut -c1)";
  }

  /// Without one, landing raises no further items, and the count stays simple.
  private static void forgetChangelog(Home home) {
    var checkout = home.folder().resolve("first-checkout");
    Home.git(checkout, "rm", "--quiet", "CHANGELOG.md");
    Home.git(checkout, "commit", "--quiet", "--message", "Keep no changelog");
    Home.git(checkout, "push", "--quiet", home.repository().toString(), "main");
  }

  private static void everythingAcknowledgedIsThere(Client client, Load load) {
    load.acknowledged().forEach(client::item);
    for (var item : load.approved()) {
      assertThat(summaries(client, item)).as(item).anyMatch(said -> said.startsWith("approve by"));
    }
    for (var item : load.reworked()) {
      assertThat(summaries(client, item)).as(item).anyMatch(said -> said.startsWith("rework by"));
    }
  }

  private static List<String> summaries(Client client, String item) {
    return stream(client.get("/api/v1/items/" + item + "/history").path("events"))
        .filter(event -> event.path("event").asText().equals("decision-made"))
        .map(event -> event.path("summary").asText())
        .toList();
  }

  private static long done(Client client) {
    return stream(client.get("/api/v1/items?status=finished&limit=500").path("items"))
        .filter(item -> item.path("result").asText().equals("done"))
        .count();
  }

  private static void everyItemLandedOnce(Home home, Load load) {
    var merges =
        home.git(
                "log",
                "--merges",
                "--first-parent",
                "--format=%(trailers:key=Millwright-Item,valueonly)")
            .lines()
            .filter(line -> !line.isBlank())
            .collect(groupingBy(line -> line, counting()));
    assertThat(merges.keySet()).isEqualTo(load.acknowledged());
    assertThat(merges.values()).containsOnly(1L);
    var files = home.git("ls-tree", "--name-only", "main:items").lines().toList();
    assertThat(files)
        .containsAll(load.acknowledged().stream().map(item -> item + ".txt").toList())
        .hasSize(ITEMS + 1);
  }

  /// Checkouts with work in them, as `item/generation`. What an earlier round did is in the
  /// checkout from the beginning and is no work of its own.
  private static List<String> unfinishedWork(Home home) throws IOException {
    var folder = home.data().resolve("workspaces");
    return workspaces(home).stream()
        .filter(place -> !isHalf(place))
        .filter(place ->
            !Home.git(
                    folder.resolve(place).resolve("files"),
                    "status",
                    "--porcelain",
                    "--",
                    "items/" + place.getName(0) + ".txt")
                .isEmpty())
        .map(place -> place.toString().replace("/g", "/"))
        .toList();
  }

  /// About to be made, or about to go: its work is not begun, or has been taken out.
  private static boolean isHalf(Path place) {
    return place.getFileName().toString().startsWith(".new-");
  }

  private static void allWorkIsKept(Home home, Set<String> unfinished) throws IOException {
    var kept = new HashSet<String>();
    try (var mirrors = Files.list(home.data().resolve("mirrors"))) {
      for (var mirror : mirrors.toList()) {
        Home.git(mirror, "for-each-ref", "--format=%(refname)", "refs/millwright/")
            .lines()
            .map(ref -> ref.replaceFirst("refs/millwright/(salvage|items)/", ""))
            .forEach(kept::add);
      }
    }
    assertThat(kept).containsAll(unfinished);
  }

  /// Checkouts, as `item/g<generation>`.
  private static List<Path> workspaces(Home home) throws IOException {
    var folder = home.data().resolve("workspaces");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var all = Files.walk(folder, 2)) {
      return all.map(folder::relativize).filter(place -> place.getNameCount() == 2).toList();
    }
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The story of the product, told from outside: HTTP, git and the command line, nothing else. Its
/// chapters share one factory and one repository.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class OneItemFromSignalToMonitoredTest {
  /// Learns from what it is told: writes a draft, mends what the checks name, signs when asked.
  private static final String AUTHOR =
      """
      prompt="$(cat)"; file=items/$MILLWRIGHT_ITEM.txt; echo "$prompt"; \
      case "$prompt" in \
      *"sign it, please"*) printf "done\\nsigned\\n" > $file;; \
      *$file*) echo done > $file;; \
      *) echo draft > $file;; esac\
      """;

  /// Writes what only shows after landing, and takes it out when told so.
  private static final String CARELESS =
      """
      case "$(cat)" in *"poison found"*) echo done;; *) printf "done\\npoison\\n";; esac \
      > items/$MILLWRIGHT_ITEM.txt\
      """;

  /// Takes the one place there is, or the next one when it is taken.
  private static final String GREEDY =
      """
      test -e items/place.txt && echo done > items/$MILLWRIGHT_ITEM.txt \
      || printf "done\\n$MILLWRIGHT_ITEM\\n" > items/place.txt\
      """;

  /// Each may be alone in the repository, two may not: git sees no conflict, the checks do.
  private static final String LONER =
      """
      grep -qs loner items/*.txt && echo done > items/$MILLWRIGHT_ITEM.txt \
      || printf "done\\nloner\\n" > items/$MILLWRIGHT_ITEM.txt\
      """;

  private static final String WATCH =
      """
      policy:
        aftercare:
          probe: "! grep -l poison items/*.txt || ! echo poison found"
          window: 2s
          every: 1s
      """;

  private static final Map<TestDatabase, Factory> STARTED = new EnumMap<>(TestDatabase.class);
  @TempDir private static Path folder = Path.of("");

  private final Home home;
  private final ServerProcess server;
  private final Client client;

  private record Factory(Home home, ServerProcess server) {
    static Factory start(TestDatabase database) {
      var agents = Map.of("author", AUTHOR, "careless", CARELESS, "greedy", GREEDY, "loner", LONER);
      var home = Home.make(folder.resolve(database.name()), database, agents, WATCH);
      return new Factory(home, ServerProcess.start(home));
    }
  }

  OneItemFromSignalToMonitoredTest(TestDatabase database) {
    var factory = STARTED.computeIfAbsent(database, Factory::start);
    home = factory.home();
    server = factory.server();
    client = new Client(server.url());
  }

  @AfterAll
  static void stop() {
    STARTED.values().forEach(it -> it.server().close());
    STARTED.clear();
  }

  @Test
  void a_signal_becomes_a_landed_and_watched_change() {
    var id = client.signal("story", "author");
    var again = client.post(200, "/api/v1/signals", Client.signalBody("story", "author"));
    assertThat(again.path("item_id").asText()).isEqualTo(id);
    assertThat(again.path("duplicate").asBoolean()).isTrue();

    var proposed = client.awaitReview(id);
    var context = client.get("/api/v1/items/" + id + "/context");
    assertThat(context.at("/contract/task").asText()).startsWith("Do story");
    assertThat(context.at("/contract/boundary/deny").toString()).contains(".github/**");
    assertThat(context.at("/contract/artifact").asText()).isEqualTo("pull_request");
    assertThat(context.at("/contract/rationale").asText()).isNotBlank();
    assertThat(context.at("/feedback/0/from").asText()).isEqualTo("validation");
    assertThat(context.at("/feedback/0/diagnostics").toString()).contains("items/" + id + ".txt");
    assertEvidenceIsBoundTo(id, proposed);

    type("rework", id, "--comment", "sign it, please");
    var reworked = client.await(id, "is proposed again", item -> waitsWithNew(item, proposed));
    assertThat(client.get("/api/v1/items/" + id + "/diff").asText()).contains("+signed");
    assertEvidenceIsBoundTo(id, reworked);

    type("approve", id);
    var done = client.await(id, "is done", OneItemFromSignalToMonitoredTest::isFinished);
    assertThat(done.path("result").asText()).isEqualTo("done");
    assertThat(landingsOf(reworked)).hasSize(1);
    assertThat(home.git("show", "main:items/" + id + ".txt")).isEqualTo("done\nsigned");
    assertThat(client.post(200, "/api/v1/items/" + id + "/approve", Map.of()).path("status"))
        .as("an approval that is said twice")
        .isEqualTo(done.path("status"));

    var after = client.get("/api/v1/items/" + id + "/context");
    assertThat(after.at("/aftercare/healthy").asBoolean()).isTrue();
    assertThat(after.at("/aftercare/probes").asInt()).isGreaterThan(1);
    changelogGoesThroughTheLineToo(after.at("/docs/raised/0").asText());
    historyTellsIt(id);
  }

  private void changelogGoesThroughTheLineToo(String key) {
    assertThat(key).startsWith("changelog:");
    var entry = itemOf(key);
    client.awaitReview(entry);
    client.post(200, "/api/v1/items/" + entry + "/approve", Map.of());
    client.await(entry, "is done", OneItemFromSignalToMonitoredTest::isFinished);
    assertThat(home.git("show", "main:CHANGELOG.md")).contains("Do story");
    assertThat(client.get("/api/v1/items/" + entry + "/context").at("/docs/raised"))
        .as("documentation of documentation")
        .isEmpty();
  }

  private void historyTellsIt(String id) {
    assertThat(happenings(id))
        .containsSubsequence(
            "signal-received triage",
            "attempt-ended triage: advance",
            "attempt-ended codegen: advance",
            "attempt-ended validation: send_back",
            "attempt-ended codegen: advance",
            "attempt-ended validation: advance",
            "attempt-ended release: wait",
            "decision-made codegen: rework",
            "attempt-ended codegen: advance",
            "attempt-ended validation: advance",
            "attempt-ended release: wait",
            "decision-made release: approve",
            "attempt-ended release: advance",
            "attempt-ended documentation: advance",
            "attempt-ended monitoring: wait",
            "attempt-ended monitoring: advance");
    assertThat(type("history", id))
        .containsSubsequence("signal-received", "rework by", "approve by", "landed on main");
  }

  @Test
  void what_an_item_is_not_ready_for_is_refused_with_the_reason() throws IOException {
    var before = home.git("rev-parse", "main");
    var id = client.signal("decided", "worker");
    client.awaitReview(id);

    refused(id, "answer", Map.of("text", "42"), "cannot answer: the item is waiting on review");
    refused(id, "retry", Map.of(), "cannot retry: the item is waiting on review");
    client.post(200, "/api/v1/items/" + id + "/reject", Map.of("reason", "not wanted"));
    for (var late : List.of("approve", "cancel")) {
      refused(id, late, Map.of(), "cannot " + late + ": the item is finished: rejected");
    }
    refused(id, "rework", Map.of("comment", "x"), "cannot rework: the item is finished: rejected");

    var nobody = client.post(404, "/api/v1/items/nobody/approve", Map.of());
    assertThat(nobody.at("/error/code").asText()).isEqualTo("no_such_item");
    assertThat(happenings(id)).filteredOn(it -> it.startsWith("decision-made")).hasSize(1);
    assertThat(home.git("rev-parse", "main")).isEqualTo(before);
  }

  @Test
  void a_change_that_conflicts_with_what_landed_meanwhile_is_done_again() {
    theSecondOfTwoIsDoneAgain("greedy", "conflict");
  }

  @Test
  void the_checks_of_the_combined_tree_decide_at_landing() throws IOException {
    check("test $(cat items/*.txt | grep -c loner) -lt 2 || ! echo two loners");

    theSecondOfTwoIsDoneAgain("loner", "two loners");
  }

  private void theSecondOfTwoIsDoneAgain(String agent, String reason) {
    var first = client.signal(agent + "-1", agent);
    var second = client.signal(agent + "-2", agent);
    client.awaitReview(first);
    var stale = client.awaitReview(second);

    client.post(200, "/api/v1/items/" + first + "/approve", Map.of());
    client.await(first, "is done", OneItemFromSignalToMonitoredTest::isFinished);
    client.post(200, "/api/v1/items/" + second + "/approve", Map.of());

    var again = client.await(second, "is proposed again", item -> waitsWithNew(item, stale));
    assertThat(client.get("/api/v1/items/" + second + "/context").path("feedback").toString())
        .contains(reason);
    assertThat(landingsOf(stale)).isEmpty();
    client.post(200, "/api/v1/items/" + second + "/approve", Map.of());
    client.await(second, "is done", OneItemFromSignalToMonitoredTest::isFinished);
    assertThat(landingsOf(again)).hasSize(1);
  }

  @Test
  void a_regression_after_landing_is_a_signal_that_reopens_the_item() {
    var id = client.signal("careless", "careless");
    var bad = client.awaitReview(id);
    client.post(200, "/api/v1/items/" + id + "/approve", Map.of());

    var mended = client.await(id, "is mended", item -> waitsWithNew(item, bad));
    assertThat(happenings(id))
        .containsSubsequence(
            "attempt-ended release: advance",
            "signal-received",
            "attempt-ended monitoring: send_back",
            "attempt-ended triage: advance",
            "attempt-ended codegen: advance",
            "attempt-ended release: wait");
    var signal = client.get("/api/v1/items/" + id + "/context").path("signal");
    assertThat(signal.path("source").asText()).isEqualTo("monitoring");
    assertThat(signal.path("key").asText()).isEqualTo("task:careless");
    assertThat(signal.path("body").asText()).contains("poison found");
    assertThat(client.get("/api/v1/items/" + id + "/diff").asText()).contains("-poison");

    client.post(200, "/api/v1/items/" + id + "/approve", Map.of());
    client.await(id, "is done", OneItemFromSignalToMonitoredTest::isFinished);
    assertThat(landingsOf(bad)).hasSize(1);
    assertThat(landingsOf(mended)).hasSize(1);
    assertThat(client.get("/api/v1/items/" + id + "/context").at("/aftercare/healthy").asBoolean())
        .isTrue();
  }

  private static boolean isFinished(JsonNode item) {
    return item.path("status").asText().equals("finished");
  }

  private static boolean waitsWithNew(JsonNode item, JsonNode before) {
    return item.path("waiting_on").asText().equals("review")
        && !item.at("/change/commit").equals(before.at("/change/commit"));
  }

  private void assertEvidenceIsBoundTo(String id, JsonNode item) {
    var evidence = client.get("/api/v1/items/" + id + "/evidence");
    assertThat(evidence.path("commit")).isEqualTo(item.at("/change/commit"));
    assertThat(evidence.path("verdict").asText()).isEqualTo("passed");
    assertThat(evidence.at("/checks/0/command").asText()).contains("make test");
  }

  /// The merges on main that brought exactly this change.
  private List<String> landingsOf(JsonNode item) {
    var commit = item.at("/change/commit").asText();
    return home.git("log", "--merges", "--format=%P", "main")
        .lines()
        .filter(parents -> List.of(parents.split(" ")).contains(commit))
        .toList();
  }

  /// What happened, one line each, such as `attempt-ended validation: advance`.
  private List<String> happenings(String id) {
    var lines = new ArrayList<String>();
    for (var event : client.get("/api/v1/items/" + id + "/history").path("events")) {
      var line = event.path("event").asText() + " " + event.path("stage").asText("");
      var said = event.path("summary").asText().split("[ :]", 2)[0];
      var telling = line.startsWith("attempt-ended") || line.startsWith("decision-made");
      lines.add(telling ? line + ": " + said : line.strip());
    }
    return lines;
  }

  private void refused(String id, String verb, Map<String, String> body, String why)
      throws IOException {
    var answer = client.post("/api/v1/items/" + id + "/" + verb, body);
    assertThat(answer.status()).as(verb + " " + answer.body()).isEqualTo(409);
    assertThat(answer.body().at("/error/code").asText()).isEqualTo("not_in_this_state");
    assertThat(answer.body().at("/error/message").asText()).startsWith(why);
  }

  /// The item of a key, once the list has it.
  private String itemOf(String key) {
    return Awaitility.await(key)
        .until(
            () ->
                StreamSupport.stream(client.get("/api/v1/items").path("items").spliterator(), false)
                    .filter(item -> item.path("signal_key").asText().equals(key))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .path("id")
        .asText();
  }

  /// A person at a shell, who succeeds.
  private String type(String... words) {
    var said = CommandLine.run(server.url(), words);
    assertThat(said.exit()).as(said.output()).isZero();
    return said.output();
  }

  /// One more check, beside those there are.
  private void check(String command) throws IOException {
    var work = home.folder().resolve("first-checkout");
    Home.git(work, "pull", "--quiet", home.repository().toString(), "main");
    var checks = work.resolve("check.sh");
    Files.writeString(checks, Files.readString(checks).strip() + " && { " + command + "; }\n");
    Home.git(work, "commit", "--quiet", "--all", "--message", "Check that " + command);
    Home.git(work, "push", "--quiet", home.repository().toString(), "main");
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.adapter.board.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One factory with a board of every kind, each about a repository of its own.
class SixBoardsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String TITLE = "Write docs/greeting.md that greets visitors by their name";

  @TempDir Path folder;

  private final Map<Tracker.Provider, Tracker> trackers = new EnumMap<>(Tracker.Provider.class);

  @BeforeEach
  void open() {
    for (var provider : Tracker.Provider.values()) {
      trackers.put(provider, provider.open());
    }
  }

  @AfterEach
  void close() {
    trackers.values().forEach(Tracker::close);
  }

  @Test
  void each_ticket_is_done_where_it_belongs_and_one_broken_board_harms_no_other() throws Exception {
    var home = home();
    var tickets = new EnumMap<Tracker.Provider, String>(Tracker.Provider.class);
    trackers.forEach((provider, tracker) -> tickets.put(provider, tracker.ticket(TITLE)));
    push("greet");

    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      await().atMost(PATIENCE).until(() -> inReview(client).size() == trackers.size() + 1);
      assertThat(repositories(client))
          .containsExactlyInAnyOrder("linear", "github", "gitlab", "jira", "asana", "folder");
      tickets.forEach((provider, ticket) -> awaitWritten(tracker(provider), ticket));
      await().atMost(PATIENCE).until(() -> pushed("greet").contains("state: In Progress"));

      tracker(Tracker.Provider.GITLAB).down(true);
      var missed = tracker(Tracker.Provider.GITLAB).ticket(TITLE + " and their town");
      var seen = tracker(Tracker.Provider.JIRA).ticket(TITLE + " and their town");
      push("again");
      await().atMost(PATIENCE).until(() -> !fault(client, "gitlab").isNull());
      awaitWritten(tracker(Tracker.Provider.JIRA), seen);
      await().atMost(PATIENCE).until(() -> isThere(client, "folder-folder-again"));

      assertThat(fault(client, "gitlab").path("category").asText()).isEqualTo("status");
      for (var other : List.of("linear", "github", "jira", "asana", "folder")) {
        assertThat(fault(client, other).isNull()).as(other).isTrue();
      }
      assertThat(isThere(client, "gitlab-acme-web-orders-" + missed)).isFalse();
      var begun = client.item("gitlab-acme-web-orders-" + tickets.get(Tracker.Provider.GITLAB));
      assertThat(begun.path("waiting_on").asText()).isEqualTo("review");
      server.stop();
    }
  }

  /// Every repository is called after its board.
  private Home home() throws IOException {
    var boards = new ArrayList<String>();
    trackers.forEach((provider, tracker) ->
        boards.add(
            "{name: %1$s, repo: %1$s, %2$s, every: 1s, write_back: {comments: true, started: %3$s}}"
                .formatted(provider.kind(), tracker.settings(), tracker.doing())));
    boards.add(
        "{name: folder, repo: folder, kind: folder, provider: {branch: tickets, path: open},"
            + " every: 1s, write_back: {comments: true, started: In Progress}}");
    var lines = boards.stream().map(it -> "  - " + it + "\n").collect(Collectors.joining());
    var home = Home.make(folder, TestDatabase.H2, Map.of(), "boards:\n" + lines);
    var repos = new StringBuilder("repos:\n");
    for (var name : List.of("linear", "github", "gitlab", "jira", "asana", "folder")) {
      Home.git(folder, "clone", "--quiet", "--bare", "orders.git", name + ".git");
      repos.append("  %1$s: {url: %1$s.git, base: main}\n".formatted(name));
    }
    Files.writeString(
        home.settings(),
        Files.readString(home.settings()).replaceFirst("repos:\n.*\n", repos.toString()));
    Home.git(folder, "clone", "--quiet", "folder.git", "tickets");
    Home.git(checkout(), "checkout", "--quiet", "-b", "tickets");
    Home.git(checkout(), "push", "--quiet", "origin", "tickets");
    return home;
  }

  private Tracker tracker(Tracker.Provider provider) {
    return Objects.requireNonNull(trackers.get(provider));
  }

  private Path checkout() {
    return folder.resolve("tickets");
  }

  /// Writes a ticket on the branch, beside what the factory writes there.
  private void push(String name) throws IOException {
    Files.createDirectories(checkout().resolve("open"));
    Files.writeString(
        checkout().resolve("open/" + name + ".md"),
        "---\nstate: todo\n---\n# %s (%s)\n".formatted(TITLE, name));
    Home.git(checkout(), "add", "--all");
    Home.git(checkout(), "commit", "--quiet", "--message", "Ask for " + name);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          Home.git(checkout(), "pull", "--quiet", "--rebase", "origin", "tickets");
          return Home.tries(checkout(), "push", "--quiet", "origin", "tickets");
        });
  }

  /// The ticket as the repository has it.
  private String pushed(String name) {
    return Home.git(folder.resolve("folder.git"), "show", "tickets:open/" + name + ".md");
  }

  private static void awaitWritten(Tracker tracker, String ticket) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(tracker.stateOf(ticket)).isEqualTo(tracker.doing());
          assertThat(tracker.commentsOn(ticket)).singleElement().asString().contains("review");
        });
  }

  private static List<JsonNode> inReview(Client client) {
    return all(client.get("/api/v1/items").path("items")).stream()
        .filter(item -> item.path("waiting_on").asText().equals("review"))
        .toList();
  }

  private static List<String> repositories(Client client) {
    return inReview(client).stream()
        .peek(item -> assertThat(item.path("source").asText()).isEqualTo("board:" + repo(item)))
        .map(SixBoardsTest::repo)
        .toList();
  }

  private static String repo(JsonNode item) {
    return item.path("repo").asText();
  }

  private static boolean isThere(Client client, String item) {
    return all(client.get("/api/v1/items").path("items")).stream()
        .anyMatch(it -> it.path("id").asText().equals(item));
  }

  private static JsonNode fault(Client client, String board) {
    return all(client.get("/api/v1/boards").path("boards")).stream()
        .filter(it -> it.path("name").asText().equals(board))
        .findFirst()
        .orElseThrow()
        .path("fault");
  }

  private static List<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}

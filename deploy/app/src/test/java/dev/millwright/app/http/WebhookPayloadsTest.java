package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.http.WebhookSignaturesTest.Sender;
import dev.millwright.app.http.Wire.Answer;
import dev.millwright.triage.adapter.board.Tracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each provider documents that it sends, signed as it signs, becomes the right item or is
/// answered with why not. GitHub's own examples are in `GitHubExamplesTest`.
@TestInstance(Lifecycle.PER_CLASS)
class WebhookPayloadsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String GIVEN = "given-secret";
  private static final String SETTINGS =
      """
      webhooks:
        linear: {kind: linear, secret: $SECRET}
        jira: {kind: jira, secret: $SECRET, trust: [Emma Richards]}
        asana: {kind: asana, secret: $SECRET, handle: "1100000000000001"}
        sentry: {kind: sentry, secret: $SECRET}
        pagerduty: {kind: pagerduty, secret: $SECRET}
        gitlab: {kind: gitlab, secret: $SECRET, trust: [jsmith]}
        slack: {kind: slack, secret: $SECRET, trust: [U061F7AUR]}
        gitea: {kind: gitea, secret: $SECRET}
        alertmanager: {kind: alertmanager, secret: $SECRET}
      boards:
        - {name: tasks, ASANA, every: 1h}
      """;

  private Tracker asana;
  private Wire wire;

  @BeforeAll
  void start(@TempDir Path data) {
    asana = Tracker.Provider.ASANA.open();
    wire = Wire.start(data, Hook.intake(SETTINGS.replace("ASANA", asana.settings())));
    var token = "?token=" + Hook.SECRET.replace(" ", "%20");
    var shaken = wire.post("/hooks/asana" + token, Wire.JSON, "{}", "X-Hook-Secret", GIVEN);
    assertThat(shaken.status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    wire.close();
    asana.close();
  }

  /// A payload that is work, and the item it becomes.
  record Work(Payload payload, Item item) {
    @Override
    public String toString() {
      return item.key();
    }
  }

  static Stream<Work> work() {
    return Stream.of(
        new Work(
            Payload.of(Sender.LINEAR, "linear-issue.json"),
            new Item("linear:ORD-218", null, "Tom Berger", "member")
                .says("Refund is booked twice when the customer clicks twice", "look at the ledger")
                .labelled(2, "Bug", "agent")
                .at("https://linear.app/acme/issue/ORD-218/refund-is-booked-twice")),
        new Work(
            Payload.of(Sender.LINEAR, "linear-issue.json")
                .with("ORD-218", "ORD-219")
                .with(
                    "\"externalUserCreator\": null",
                    "\"externalUserCreator\": {\"name\": \"Visitor\"}"),
            new Item("linear:ORD-219", null, "Visitor", "outsider")
                .says("Refund is booked twice when the customer clicks twice", "look at the ledger")
                .labelled(2, "Bug", "agent")
                .at("https://linear.app/acme/issue/ORD-219/refund-is-booked-twice")),
        new Work(
            Payload.of(Sender.JIRA, "jira-issue.json"),
            new Item("jira:ORD-42", null, "Emma Richards", "member")
                .says("Invoices show the net total as gross", "since *4.2* shows the net total")
                .labelled(2, "agent", "payments")
                .at("https://acme.atlassian.net/browse/ORD-42")),
        new Work(
            Payload.of(Sender.JIRA, "jira-issue.json")
                .with("ORD-42", "ORD-43")
                .with(
                    "Richards\",\n        \"active\": true,\n        \"accountType\": \"atlassian",
                    "Richards\",\n        \"accountType\": \"customer"),
            new Item("jira:ORD-43", null, "Emma Richards", "outsider")
                .says("Invoices show the net total as gross", "since *4.2* shows the net total")
                .labelled(2, "agent", "payments")
                .at("https://acme.atlassian.net/browse/ORD-43")),
        new Work(
            Payload.of(Sender.SENTRY, "sentry-issue.json", "Sentry-Hook-Resource", "issue"),
            new Item("sentry:acme/orders/1170820242", "bug", "sentry", "machine")
                .says(
                    "IllegalStateException: refund 4711 is booked already",
                    "com.acme.orders.Refunds in book\n\nrefund 4711 is booked already")
                .labelled(2)
                .at("https://acme.sentry.io/issues/1170820242/")),
        new Work(
            Payload.of(Sender.SENTRY, "sentry-alert.json", "Sentry-Hook-Resource", "event_alert"),
            new Item("sentry:acme/orders/1117540176", "bug", "sentry", "machine")
                .says("OutOfMemoryError: Java heap space", "com.acme.orders.Orders in main")
                .labelled(1)
                .at(
                    "https://sentry.io/organizations/acme/issues/1117540176/events/e4874d664c3540c1a32eab185f12c5ab/")),
        new Work(
            Payload.of(Sender.PAGERDUTY, "pagerduty-incident.json"),
            new Item("pagerduty:PGR0VU2", "bug", "pagerduty", "machine")
                .says("Orders answer 503 for ten minutes", "Service: Orders API")
                .labelled(1)
                .at("https://acme.pagerduty.com/incidents/PGR0VU2")),
        new Work(
            Payload.of(Sender.GITLAB, "gitlab-issue.json", "X-Gitlab-Event", "Issue Hook"),
            new Item("gitlab:acme/web/orders#23", null, "jsmith", "member")
                .says("Parcel label loses the house number", "when the street has two words")
                .labelled(0, "agent", "shipping")
                .at("https://gitlab.example.com/acme/web/orders/-/issues/23")),
        new Work(
            Payload.of(Sender.SLACK, "slack-mention.json"),
            new Item("slack:T061EG9R6/C061EG9SL/1767605522.000016", null, "U061F7AUR", "member")
                .says(
                    "the search finds nothing for \"R&D\", see https://acme.example/search?q=1",
                    "It did last week.")),
        new Work(
            Payload.of(Sender.GITEA, "gitea-issue.json", "X-Gitea-Event", "issues"),
            new Item("gitea:acme/orders#12", null, "visitor", "outsider")
                .says("Export drops the last line", "has one line less than the table")
                .labelled(0, "agent")
                .at("https://gitea.example.com/acme/orders/issues/12")),
        new Work(
            Payload.of(Sender.ALERTMANAGER, "alertmanager-firing.json"),
            new Item("alert:5ef77f1f8a3ecb8d", "bug", "alertmanager", "machine")
                .says("The refund queue of orders-1 grows", "- instance: orders-1:9090")
                .labelled(3)
                .at(
                    "http://prometheus.example:9090/graph?g0.expr=queue_length+%3E+10000&g0.tab=1")));
  }

  @ParameterizedTest
  @MethodSource("work")
  void what_means_work_becomes_the_right_item(Work work) {
    var judged = judged(send(work.payload));

    assertThat(judged.path("verdict").asText()).as(judged.toString()).isEqualTo("work");
    assertThat(judged.path("items")).hasSize(1);
    work.item.compare(signal(judged.path("items").get(0).asText()));
  }

  /// A payload that means nothing, and why.
  record Nothing(Payload payload, String reason) {
    @Override
    public String toString() {
      return payload.file();
    }
  }

  static Stream<Nothing> nothing() {
    return Stream.of(
        new Nothing(
            Payload.of(Sender.LINEAR, "linear-comment.json"),
            "Deploy Bot is a bot, and bots are ignored (webhooks.linear.bots)"),
        new Nothing(
            Payload.of(Sender.JIRA, "jira-comment.json"),
            "Automation for Jira is a bot, and bots are ignored (webhooks.jira.bots)"),
        new Nothing(
            Payload.of(Sender.SENTRY, "sentry-assigned.json", "Sentry-Hook-Resource", "issue"),
            "rule issue: an issue is work when it is open and has the label 'agent', or is assigned to"
                + " 'millwright'; rule alert: an alert is work when it is triggered"),
        new Nothing(
            Payload.of(Sender.PAGERDUTY, "pagerduty-ping.json"),
            "it tells of nothing that happened"),
        new Nothing(
            Payload.of(Sender.GITLAB, "gitlab-note.json", "X-Gitlab-Event", "Note Hook"),
            "project_4_bot_1a2b3c4d is a bot, and bots are ignored (webhooks.gitlab.bots)"),
        new Nothing(
            Payload.of(Sender.SLACK, "slack-bot.json"),
            "U05BUILDS is a bot, and bots are ignored (webhooks.slack.bots)"),
        new Nothing(
            Payload.of(Sender.GITEA, "gitea-comment.json", "X-Gitea-Event", "issue_comment"),
            "this factory did it itself"),
        new Nothing(
            Payload.of(Sender.ALERTMANAGER, "alertmanager-resolved.json"),
            "rule alert: an alert is work when it is triggered"));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void what_means_nothing_is_answered_with_its_reason(Nothing nothing) {
    assertThat(send(nothing.payload).status()).isEqualTo(204);

    var hook = nothing.payload.sender().name().toLowerCase(java.util.Locale.ROOT);
    var newest = wire.get("/api/v1/deliveries?limit=50").json().path("deliveries");
    assertThat(newest)
        .filteredOn(it -> it.path("hook").asText().equals(hook))
        .first()
        .satisfies(it -> assertThat(it.path("verdict").asText()).isEqualTo("nothing"))
        .satisfies(it -> assertThat(it.path("reason").asText()).isEqualTo(nothing.reason));
  }

  /// Asana only names what changed, so its board says what it is.
  @Test
  void a_task_that_asana_names_is_read_from_its_board_at_once() {
    await().atMost(PATIENCE).until(() -> !board().path("last_at").isNull());
    var task = asana.ticket("Print the total on the packing slip");

    var judged = judged(asana("asana-events.json", task));

    assertThat(judged.path("verdict").asText()).as(judged.toString()).isEqualTo("refreshed");
    assertThat(judged.path("reason").asText())
        .isEqualTo("board tasks takes such tickets and was asked to look now");
    var item = "asana-" + task;
    await().atMost(PATIENCE).until(() -> wire.get("/api/v1/items/" + item).status() == 200);
    new Item("asana:" + task, null, "Ada", "member")
        .says("Print the total on the packing slip", "")
        .at("https://app.asana.com/0/1200000000000001/" + task)
        .compare(signal(item));
  }

  @Test
  void what_the_factory_did_in_asana_is_not_heard() {
    assertThat(asana("asana-own.json", "").status()).isEqualTo(204);

    assertThat(wire.get("/api/v1/deliveries?limit=50").text())
        .contains("this factory did it itself");
  }

  private JsonNode board() {
    return wire.get("/api/v1/boards").json().path("boards").path(0);
  }

  private Answer asana(String file, String task) {
    var body = new Payload(Sender.GENERIC, file, List.of()).body(now()).replace("TASK", task);
    return wire.post("/hooks/asana", Wire.JSON, body, "X-Hook-Signature", Hook.hex(GIVEN, body));
  }

  private Answer send(Payload payload) {
    var time = now();
    var body = payload.body(time);
    var headers = new ArrayList<>(payload.headers());
    payload
        .sender()
        .sign(Hook.SECRET, body, time)
        .forEach((name, value) -> headers.addAll(List.of(name, value)));
    return wire.post(payload.sender().path(), Wire.JSON, body, headers.toArray(String[]::new));
  }

  private JsonNode judged(Answer taken) {
    return new Hook(wire, "", Hook.SECRET).judged(taken);
  }

  private JsonNode signal(String item) {
    return wire.get("/api/v1/items/" + item + "/context").json().path("signal");
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  /// A file as it is sent.
  ///
  /// @param headers names and values, in turn, beside those that sign it
  /// @param changes what is replaced and by what, in turn
  record Payload(Sender sender, String file, List<String> headers, List<String> changes) {
    Payload(Sender sender, String file, List<String> headers) {
      this(sender, file, headers, List.of());
    }

    static Payload of(Sender sender, String file, String... headers) {
      return new Payload(sender, file, List.of(headers));
    }

    Payload with(String before, String after) {
      var all = new ArrayList<>(changes);
      all.addAll(List.of(before, after));
      return new Payload(sender, file, headers, all);
    }

    /// Sent at this time, where it says when.
    String body(long time) {
      var text = read().replaceFirst("(\"webhookTimestamp\": )\\d+", "$1" + time * 1_000);
      for (var at = 0; at < changes.size(); at += 2) {
        assertThat(text).contains(changes.get(at));
        text = text.replace(changes.get(at), changes.get(at + 1));
      }
      return text;
    }

    private String read() {
      try (var in = WebhookPayloadsTest.class.getResourceAsStream("/webhooks/" + file)) {
        return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// An item as its signal has it.
  record Item(
      String key,
      @Nullable String kind,
      String author,
      String trust,
      Words words,
      @Nullable String link) {
    Item(String key, @Nullable String kind, String author, String trust) {
      this(key, kind, author, trust, new Words("", "", 0, List.of()), null);
    }

    /// @param within part of the text
    record Words(String title, String within, int priority, List<String> labels) {}

    Item says(String title, String within) {
      var said = new Words(title, within, words.priority(), words.labels());
      return new Item(key, kind, author, trust, said, link);
    }

    Item labelled(int priority, String... labels) {
      var said = new Words(words.title(), words.within(), priority, List.of(labels));
      return new Item(key, kind, author, trust, said, link);
    }

    Item at(String address) {
      return new Item(key, kind, author, trust, words, address);
    }

    void compare(JsonNode signal) {
      assertThat(signal.path("key").asText()).isEqualTo(key);
      assertThat(signal.path("title").asText()).isEqualTo(words.title());
      assertThat(signal.path("body").asText()).contains(words.within());
      assertThat(signal.path("kind").asText(null)).isEqualTo(kind);
      assertThat(signal.path("author").asText()).isEqualTo(author);
      assertThat(signal.path("trust").asText()).isEqualToIgnoringCase(trust);
      assertThat(signal.path("priority").asInt()).isEqualTo(words.priority());
      assertThat(StreamSupport.stream(signal.path("labels").spliterator(), false))
          .extracting(JsonNode::asText)
          .isEqualTo(words.labels());
      assertThat(signal.path("link").asText(null)).isEqualTo(link);
    }
  }
}

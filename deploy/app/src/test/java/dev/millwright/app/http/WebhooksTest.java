package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.http.Wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a delivery, and that it is always said why.
@TestInstance(Lifecycle.PER_CLASS)
class WebhooksTest {
  private static final String SETTINGS =
      """
      webhooks:
        acme: {kind: github, secret: $SECRET, trust: [friend]}
        shop: {kind: generic, secret: $SECRET, map: {title: /t, body: /b, key: /k, labels: /l, priority: /p, delivery: /d, author: /a, updated_at: /u}}
        monitors: {kind: alertmanager, secret: $SECRET}
        chat: {kind: slack, secret: $SECRET, trust: [U7]}
      """;

  private Wire wire;
  private Hook gitHub;
  private int number = 100;

  @BeforeAll
  void start(@TempDir Path data) {
    wire = Wire.start(data, Hook.intake(SETTINGS));
    gitHub = new Hook(wire, "/hooks/github/acme", Hook.SECRET);
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @Test
  void an_issue_with_the_label_is_work() {
    var judged = gitHub.judged(issue(++number, "labeled", "agent", 1, "owner"));

    assertThat(judged.path("verdict").asText()).as(judged.toString()).isEqualTo("work");
    assertThat(judged.path("rule").asText()).isEqualTo("issue");
    var item = wire.get("/api/v1/items/github-acme-orders-" + number).json();
    assertThat(item.path("title").asText()).isEqualTo("Mend the pump");
    assertThat(item.path("signal_key").asText()).isEqualTo("github:acme/orders#" + number);
    assertThat(judged.path("items")).hasSize(1);
  }

  @Test
  void why_nothing_happened_is_said_in_plain_words() {
    assertThat(issue(++number, "opened", "question", 1, "owner").status()).isEqualTo(204);

    var said = gitHub.newest();
    assertThat(said.path("verdict").asText()).isEqualTo("nothing");
    assertThat(said.path("reason").asText())
        .isEqualTo(
            "rule issue: an issue is work when it is open and has the label 'agent', or is assigned"
                + " to 'millwright'");
    assertThat(gitHub.gitHub("star", "{\"action\": \"created\"}").status()).isEqualTo(204);
    assertThat(gitHub.newest().path("reason").asText())
        .isEqualTo("no rule looks at github/star (other)");
  }

  @Test
  void the_same_delivery_again_is_the_same() {
    var body = Issue.of(++number, "opened", "agent").json();
    var first = gitHub.gitHub("issues", "same-" + number, body);
    var again = gitHub.gitHub("issues", "same-" + number, body);

    assertThat(again.status()).isEqualTo(202);
    assertThat(first.json().path("duplicate").asBoolean()).isFalse();
    assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    assertThat(again.json().path("delivery_id")).isEqualTo(first.json().path("delivery_id"));
  }

  @Test
  void what_arrives_late_does_not_overwrite_what_is_newer() {
    var at = ++number;
    gitHub.judged(
        gitHub.gitHub("issues", Issue.of(at, "edited", "agent").title("New").hour(5).json()));
    var late =
        gitHub.judged(
            gitHub.gitHub("issues", Issue.of(at, "opened", "agent").title("Old").hour(4).json()));

    assertThat(late.path("verdict").asText()).isEqualTo("nothing");
    assertThat(late.path("reason").asText()).startsWith("it is older than what item");
    assertThat(wire.get("/api/v1/items/github-acme-orders-" + at).json().path("title").asText())
        .isEqualTo("New");
  }

  @Test
  void a_finished_item_begins_anew_only_for_a_reason() {
    var at = ++number;
    var item = "/api/v1/items/github-acme-orders-" + at;
    gitHub.judged(gitHub.gitHub("issues", Issue.of(at, "opened", "agent").hour(1).json()));
    assertThat(wire.post(item + "/cancel", Wire.JSON, "{}").status()).isEqualTo(200);

    var edited =
        gitHub.judged(gitHub.gitHub("issues", Issue.of(at, "edited", "agent").hour(2).json()));
    assertThat(edited.path("reason").asText()).contains("is finished, and this is no reason");
    var reopened =
        gitHub.judged(gitHub.gitHub("issues", Issue.of(at, "reopened", "agent").hour(3).json()));

    assertThat(reopened.path("verdict").asText()).isEqualTo("work");
    assertThat(reopened.path("reason").asText()).endsWith("the item begins anew");
  }

  @ParameterizedTest
  @CsvSource({
    "octocat, OWNER, '@millwright mend it',                     202",
    "friend, NONE, '/millwright mend it',                       202",
    "stranger, NONE, '@millwright mend it',                     204",
    "octocat, OWNER, 'I will mend it',                          204",
    "'other[bot]', MEMBER, '@millwright mend it',               204",
    "millwright, MEMBER, '@millwright mend it',                 204",
    "octocat, OWNER, '<!-- millwright:progress --> @millwright x', 204"
  })
  void only_people_who_are_known_can_tell_the_factory_something(
      String login, String association, String words, int status) {
    assertThat(comment(++number, login, association, words).status()).isEqualTo(status);
    assertThat(gitHub.newest().path("reason").asText()).isNotBlank();
  }

  @Test
  void what_is_said_to_an_item_that_asks_is_its_answer() {
    var at = ++number;
    gitHub.judged(gitHub.gitHub("issues", Issue.of(at, "opened", "agent").json()));
    var item = "/api/v1/items/github-acme-orders-" + at;
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> wire.get(item).json().path("waiting_on").asText().equals("answer"));

    var said = gitHub.judged(comment(at, "octocat", "MEMBER", "@millwright use orders"));

    assertThat(said.path("verdict").asText()).isEqualTo("said");
    assertThat(wire.get(item + "/history").text()).contains("github:octocat", "use orders");
  }

  @Test
  void what_the_factory_did_itself_is_never_work() {
    var labelled = Issue.of(++number, "labeled", "agent").sender("millwright", "User");
    var change =
        "{\"action\": \"opened\", \"repository\": {\"full_name\": \"acme/orders\","
            + " \"default_branch\": \"millwright/item-1\"}, \"workflow_run\": {\"name\": \"CI\","
            + " \"conclusion\": \"failure\", \"head_branch\": \"millwright/item-1\","
            + " \"head_repository\": {\"full_name\": \"acme/orders\"}, \"event\": \"push\"}}";

    for (var answer :
        new Answer[] {
          gitHub.gitHub("issues", labelled.json()), gitHub.gitHub("workflow_run", change)
        }) {
      assertThat(answer.status()).isEqualTo(204);
      assertThat(gitHub.newest().path("reason").asText()).isEqualTo("this factory did it itself");
    }
  }

  @Test
  void a_check_that_fails_counts_on_the_main_branch_of_this_repository_only() {
    var run =
        "{\"action\": \"completed\", \"repository\": {\"full_name\": \"acme/orders\","
            + " \"default_branch\": \"main\"}, \"workflow_run\": {\"name\": \"CI\", \"conclusion\":"
            + " \"failure\", \"head_branch\": \"%s\", \"head_repository\": {\"full_name\": \"%s\"},"
            + " \"event\": \"%s\"}}";

    assertThat(
            gitHub.gitHub("workflow_run", run.formatted("topic", "acme/orders", "push")).status())
        .isEqualTo(204);
    assertThat(gitHub.gitHub("workflow_run", run.formatted("main", "evil/orders", "push")).status())
        .isEqualTo(204);
    assertThat(
            gitHub
                .gitHub("workflow_run", run.formatted("main", "acme/orders", "pull_request"))
                .status())
        .isEqualTo(204);
    var work =
        gitHub.judged(gitHub.gitHub("workflow_run", run.formatted("main", "acme/orders", "push")));

    assertThat(work.path("verdict").asText()).isEqualTo("work");
    var item = wire.get("/api/v1/items/" + work.path("items").get(0).asText()).json();
    assertThat(item.path("title").asText()).isEqualTo("CI fails on main");
  }

  @Test
  void every_alert_of_a_delivery_is_an_item_and_what_is_over_is_nothing() {
    var body =
        """
        {"version": "4", "status": "firing", "alerts": [
          {"status": "firing", "fingerprint": "aaa1", "labels": {"alertname": "Disk", "severity": "critical"}, "startsAt": "2026-01-01T00:00:00Z"},
          {"status": "firing", "fingerprint": "aaa2", "labels": {"alertname": "Load"}, "annotations": {"summary": "Too much"}, "startsAt": "2026-01-01T00:00:00Z"},
          {"status": "resolved", "fingerprint": "aaa3", "labels": {"alertname": "Old"}, "endsAt": "2026-01-01T00:00:00Z"}]}
        """;
    var monitors = new Hook(wire, "/hooks/alertmanager/monitors", Hook.SECRET);

    var judged = monitors.judged(monitors.send(body, "Authorization", "Bearer " + Hook.SECRET));

    assertThat(judged.path("items")).hasSize(2);
    assertThat(wire.get("/api/v1/items/alert-aaa2").json().path("title").asText())
        .isEqualTo("Too much");
    assertThat(wire.get("/api/v1/items/alert-aaa3").status()).isEqualTo(404);
  }

  @Test
  void a_slash_command_is_work_by_whoever_sent_it() {
    var time = Instant.now().getEpochSecond();
    var body =
        "command=%2Fmillwright&text=Mend+the+pump&team_id=T1&trigger_id=13.7&user_id=U7&user_name=ada";
    var answer =
        wire.post(
            "/hooks/slack/chat",
            "application/x-www-form-urlencoded",
            body,
            "X-Slack-Request-Timestamp",
            "" + time,
            "X-Slack-Signature",
            "v0=" + Hook.hex(Hook.SECRET, "v0:" + time + ":" + body));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var taken = gitHub.newest();
    assertThat(taken.path("verdict").asText()).isEqualTo("work");
    assertThat(taken.path("items").get(0).asText()).isEqualTo("slack-t1-13-7");
  }

  @Test
  void anything_else_is_read_where_its_settings_say() {
    var shop = new Hook(wire, "/hooks/generic/shop", Hook.SECRET);
    var body =
        "{\"t\": \"Mend the pump\", \"b\": \"It leaks.\", \"k\": 4711, \"l\": [\"pump\", \"wet\"],"
            + " \"p\": 2, \"d\": \"d-1\"}";

    var judged =
        shop.judged(shop.send(body, "X-Signature-256", "sha256=" + Hook.hex(Hook.SECRET, body)));

    var item = wire.get("/api/v1/items/" + judged.path("items").get(0).asText()).json();
    assertThat(item.path("signal_key").asText()).isEqualTo("hook:shop/4711");
    assertThat(item.path("priority").asInt()).isEqualTo(2);
    assertThat(item.path("labels").toString()).isEqualTo("[\"pump\",\"wet\"]");
  }

  @Test
  void a_signed_body_that_cannot_be_read_is_kept_and_can_be_replayed() {
    assertThat(gitHub.gitHub("issues", "{\"action\": ").status()).isEqualTo(400);

    var dead = wire.get("/api/v1/deliveries?status=dead").json().path("deliveries").get(0);
    assertThat(dead.path("reason").asText()).startsWith("the body is not valid JSON");
    replayed(dead);
    assertThat(gitHub.delivery(dead.path("id").asText()).path("status").asText()).isEqualTo("dead");
  }

  @Test
  void replaying_makes_no_second_item() {
    var judged = gitHub.judged(issue(++number, "opened", "agent", 1, "owner"));

    var again = replayed(judged);

    assertThat(again.path("verdict").asText()).isEqualTo("work");
    assertThat(again.path("items")).isEqualTo(judged.path("items"));
    assertThat(again.path("reason").asText()).endsWith("the item knows it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "null",
        "{\"issue\": []}",
        "{\"issue\": {\"labels\": {\"name\": \"agent\"}, \"number\": {}, \"title\": [1]}}",
        "{\"action\": \"opened\", \"issue\": {\"state\": \"open\", \"labels\": [{\"name\":"
            + " \"agent\"}]}}",
        "{\"action\": \"opened\", \"repository\": {\"full_name\": \"\\u0000\\ud800/../..\"},"
            + " \"issue\": {\"state\": \"open\", \"number\": 1, \"title\":"
            + " \"\\u0000\\u202e<script>%s\\ud83d\", \"labels\": [{\"name\": \"agent\"}]}}"
      })
  void hostile_bodies_do_no_harm(String body) {
    for (var event :
        Map.of("issues", 1, "issue_comment", 1, "workflow_run", 1, "'; DROP", 1).keySet()) {
      var answer = gitHub.gitHub(event, body);
      assertThat(answer.status()).as(answer.text()).isIn(202, 204);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> wire.get("/api/v1/deliveries?status=new").json().path("deliveries").isEmpty());
  }

  @Test
  void too_much_is_too_much_and_the_wrong_method_is_wrong() {
    gitHub.gitHub("issues", "\"" + "x".repeat(1 << 20) + "\"").refused(413, "too_large");
    wire.get("/hooks/github/acme").refused(405, "method_not_allowed");
    wire.post("/hooks/github/acme", "text/xml", "<x/>").refused(415, "unsupported_media_type");
    wire.get("/api/v1/deliveries/nothing").refused(404, "no_such_delivery");
  }

  @Test
  void what_is_refused_is_counted_without_its_body() {
    for (var n = 0; n < 3; n++) {
      wire.post("/hooks/generic/shop", Wire.JSON, "{\"t\": \"refuse me\"}")
          .refused(401, "not_proven");
    }

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          var page = wire.get("/api/v1/deliveries?limit=500");
          assertThat(page.text()).contains("no signature").doesNotContain("refuse me");
          assertThat(page.json().at("/refused/0/count").asLong()).isGreaterThanOrEqualTo(3);
        });
  }

  private JsonNode replayed(JsonNode delivery) {
    var id = delivery.path("id").asText();
    assertThat(wire.post("/api/v1/deliveries/" + id + "/replay", Wire.JSON, "{}").status())
        .isEqualTo(200);
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> gitHub.delivery(id), it -> !it.path("status").asText().equals("new"));
  }

  private Answer issue(int number, String action, String label, int hour, String sender) {
    return gitHub.gitHub(
        "issues", Issue.of(number, action, label).hour(hour).sender(sender, "User").json());
  }

  private Answer comment(int number, String login, String association, String words) {
    var body =
        """
        {"action": "created", "repository": {"full_name": "acme/orders", "default_branch": "main"},
         "issue": {"number": %d, "title": "Mend the pump", "body": "It leaks.", "state": "open",
           "user": {"login": "octocat"}, "author_association": "OWNER", "updated_at": "2026-01-01T09:00:00Z"},
         "comment": {"body": "%s", "user": {"login": "%s"}, "author_association": "%s",
           "html_url": "https://github.com/acme/orders/issues/%1$d#issuecomment-%1$d"}}
        """
            .formatted(number, words, login, association);
    return gitHub.gitHub("issue_comment", body);
  }

  /// An event about an issue.
  private record Issue(
      int number, String action, String label, String title, int hour, String sender, String type) {
    static Issue of(int number, String action, String label) {
      return new Issue(number, action, label, "Mend the pump", 1, "octocat", "User");
    }

    Issue title(String other) {
      return new Issue(number, action, label, other, hour, sender, type);
    }

    Issue hour(int other) {
      return new Issue(number, action, label, title, other, sender, type);
    }

    Issue sender(String login, String kind) {
      return new Issue(number, action, label, title, hour, login, kind);
    }

    String json() {
      return """
      {"action": "%s", "label": {"name": "%s"},
       "repository": {"full_name": "acme/orders", "default_branch": "main"},
       "sender": {"login": "%s", "type": "%s"},
       "issue": {"number": %d, "title": "%s", "body": "It leaks.", "state": "open",
         "labels": [{"name": "%2$s"}], "user": {"login": "octocat"},
         "author_association": "OWNER", "updated_at": "2026-01-01T0%d:00:00Z",
         "html_url": "https://github.com/acme/orders/issues/%5$d"}}
      """
          .formatted(action, label, sender, type, number, title, hour);
    }
  }
}

package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.http.Wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who can prove to be the provider is heard, and nobody else.
@TestInstance(Lifecycle.PER_CLASS)
class WebhookSignaturesTest {
  private static final String KEY =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString("thirty-two bytes of a signing key".getBytes(StandardCharsets.UTF_8));
  private static final String SETTINGS =
      """
      webhooks:
        github: {kind: github, secret: $SECRET, previous_secret: $OLD}
        gitlab: {kind: gitlab, secret: $SECRET, previous_secret: $OLD}
        signed: {kind: gitlab, secret: "%s"}
        gitea: {kind: gitea, secret: $SECRET, previous_secret: $OLD}
        linear: {kind: linear, secret: $SECRET, previous_secret: $OLD}
        jira: {kind: jira, secret: $SECRET, previous_secret: $OLD}
        asana: {kind: asana, secret: $SECRET}
        sentry: {kind: sentry, secret: $SECRET, previous_secret: $OLD}
        alertmanager: {kind: alertmanager, secret: $SECRET, previous_secret: $OLD}
        pagerduty: {kind: pagerduty, secret: $SECRET, previous_secret: $OLD}
        slack: {kind: slack, secret: $SECRET, previous_secret: $OLD}
        generic: {kind: generic, secret: $SECRET, previous_secret: $OLD, map: {title: /title}}
        bearer: {kind: generic, auth: bearer, secret: $SECRET, previous_secret: $OLD, map: {title: /title}}
        bare: {kind: generic, map: {title: /title}}
      """
          .formatted(KEY);

  private Wire wire;

  @BeforeAll
  void start(@TempDir Path data) {
    wire = Wire.start(data, Hook.intake(SETTINGS));
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  /// How each of them signs.
  enum Sender {
    GITHUB("github") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of(
            "X-Hub-Signature-256", "sha256=" + Hook.hex(secret, body), "X-GitHub-Event", "ping");
      }
    },
    GITLAB("gitlab") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("X-Gitlab-Token", secret);
      }
    },
    GITEA("gitea") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("X-Gitea-Signature", Hook.hex(secret, body));
      }
    },
    LINEAR("linear") {
      @Override
      String body(long time) {
        return "{\"type\": \"Project\", \"webhookTimestamp\": " + time * 1_000 + "}";
      }

      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("Linear-Signature", Hook.hex(secret, body));
      }
    },
    JIRA("jira") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("X-Hub-Signature", "sha256=" + Hook.hex(secret, body));
      }
    },
    SENTRY("sentry") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("Sentry-Hook-Signature", Hook.hex(secret, body));
      }
    },
    ALERTMANAGER("alertmanager") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("Authorization", "Bearer " + secret);
      }
    },
    ALERTMANAGER_BASIC("alertmanager") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        var pair = ("prometheus:" + secret).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
    },
    PAGERDUTY("pagerduty") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of(
            "X-PagerDuty-Signature", "v1=" + "0".repeat(64) + ",v1=" + Hook.hex(secret, body));
      }
    },
    SLACK("slack") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of(
            "X-Slack-Signature", "v0=" + Hook.hex(secret, "v0:" + time + ":" + body),
            "X-Slack-Request-Timestamp", "" + time);
      }
    },
    GENERIC("generic") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("X-Signature-256", Hook.hex(secret, body));
      }
    },
    BEARER("bearer") {
      @Override
      Map<String, String> sign(String secret, String body, long time) {
        return Map.of("Authorization", "Bearer " + secret);
      }
    };

    private final String hook;

    Sender(String hook) {
      this.hook = hook;
    }

    abstract Map<String, String> sign(String secret, String body, long time);

    String body(long time) {
      return "{\"said_at\": " + time + "}";
    }

    String path() {
      return "/hooks/" + (hook.equals("bearer") ? "generic" : hook) + "/" + hook;
    }

    boolean isTimed() {
      return this == LINEAR || this == SLACK;
    }

    boolean signsTheBody() {
      return !sign("a", "b", 0).equals(sign("a", "c", 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_good_signature_is_good_with_either_secret(Sender sender) {
    for (var secret : List.of(Hook.SECRET, "old")) {
      var body = sender.body(now());
      assertThat(send(sender, body, sender.sign(secret, body, now())).status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everything_else_is_refused_and_counted(Sender sender) {
    var body = sender.body(now());
    var good = sender.sign(Hook.SECRET, body, now());
    var bad = new ArrayList<Map<String, String>>();
    bad.add(Map.of());
    bad.add(sender.sign("another secret", body, now()));
    bad.add(changed(good, it -> ""));
    bad.add(changed(good, it -> it.substring(0, it.length() / 2)));
    bad.add(changed(good, it -> it + "0"));
    if (sender.signsTheBody()) {
      bad.add(sender.sign(Hook.SECRET, body + " ", now()));
    }

    for (var headers : bad) {
      send(sender, body, headers).refused(401, "not_proven");
    }
    if (sender.isTimed()) {
      for (var time : List.of(now() - 3_600, now() + 3_600)) {
        var stale = sender.body(time);
        send(sender, stale, sender.sign(Hook.SECRET, stale, time)).refused(401, "not_proven");
      }
    }
  }

  @Test
  void gitlab_may_sign_instead_of_sending_its_token() {
    var body = "{\"object_kind\": \"push\"}";
    var key = Base64.getDecoder().decode(KEY.substring("whsec_".length()));
    for (var age : List.of(0, 3_600)) {
      var time = now() - age;
      var signature = Base64.getEncoder().encodeToString(Hook.mac(key, "one." + time + "." + body));
      var answer =
          wire.post(
              "/hooks/gitlab/signed",
              Wire.JSON,
              body,
              "webhook-id",
              "one",
              "webhook-timestamp",
              "" + time,
              "webhook-signature",
              "v1,AAAA v1," + signature);
      assertThat(answer.status()).isEqualTo(age == 0 ? 204 : 401);
    }
  }

  @Test
  void asana_gives_its_secret_once_to_an_address_that_has_the_token() {
    var token = "?token=" + Hook.SECRET.replace(" ", "%20");
    var events = "{\"events\": []}";
    wire.post(
            "/hooks/asana", Wire.JSON, events, "X-Hook-Signature", Hook.hex("given-secret", events))
        .refused(401, "not_proven");

    wire.post("/hooks/asana", Wire.JSON, "{}", "X-Hook-Secret", "given-secret")
        .refused(401, "not_proven");
    var shaken =
        wire.post("/hooks/asana" + token, Wire.JSON, "{}", "X-Hook-Secret", "given-secret");

    assertThat(shaken.status()).isEqualTo(200);
    assertThat(shaken.header("X-Hook-Secret")).contains("given-secret");
    assertThat(
            wire.post(
                    "/hooks/asana",
                    Wire.JSON,
                    events,
                    "X-Hook-Signature",
                    Hook.hex("given-secret", events))
                .status())
        .isEqualTo(204);
    wire.post("/hooks/asana", Wire.JSON, events, "X-Hook-Signature", Hook.hex("another", events))
        .refused(401, "not_proven");
  }

  @Test
  void slack_hears_its_challenge() {
    var body = "{\"type\": \"url_verification\", \"challenge\": \"3eZbrw1aB\"}";
    var answer = send(Sender.SLACK, body, Sender.SLACK.sign(Hook.SECRET, body, now()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("challenge").asText()).isEqualTo("3eZbrw1aB");
  }

  @Test
  void a_webhook_without_a_secret_takes_nothing() {
    for (var signature : List.of("", Hook.hex("x", "{}"))) {
      wire.post("/hooks/generic/bare", Wire.JSON, "{}", "X-Signature-256", signature)
          .refused(503, "hook_without_secret");
    }
  }

  @Test
  void a_webhook_that_is_not_in_the_settings_is_not_there() {
    wire.post("/hooks/github/nobody", Wire.JSON, "{}").refused(404, "no_such_hook");
    wire.post("/hooks/carrier-pigeon", Wire.JSON, "{}").refused(404, "no_such_hook");
    wire.post("/hooks/gitlab", Wire.JSON, "{}").refused(404, "no_such_hook");
    wire.post("/hooks/gitea/github", Wire.JSON, "{}").refused(404, "no_such_hook");
  }

  private Answer send(Sender sender, String body, Map<String, String> headers) {
    var all =
        headers.entrySet().stream().flatMap(it -> List.of(it.getKey(), it.getValue()).stream());
    return wire.post(sender.path(), Wire.JSON, body, all.toArray(String[]::new));
  }

  private static Map<String, String> changed(
      Map<String, String> headers, java.util.function.UnaryOperator<String> change) {
    var changed = new HashMap<>(headers);
    changed.replaceAll((name, value) ->
        name.contains("Timestamp") || name.endsWith("Event") ? value : change.apply(value));
    return changed;
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}

package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.adapter.webhook.Alerts.Alert;
import dev.millwright.triage.domain.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Prometheus' Alertmanager. It cannot sign: it sends a token as bearer, or as the password of
/// basic authentication.
final class Alertmanager implements Provider {
  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.token(presented(letter.header("authorization")), secrets);
  }

  private static String presented(String authorization) {
    if (!authorization.regionMatches(true, 0, "basic ", 0, 6)) {
      return authorization.replaceFirst("^(?i)bearer ", "");
    }
    try {
      var pair = Base64.getDecoder().decode(authorization.substring(6).strip());
      return new String(pair, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.text("/status");
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return "";
  }

  @Override
  public List<String> headers() {
    return List.of();
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return payload.list("/alerts").stream()
        .filter(alert -> !alert.text("/fingerprint").isEmpty())
        .map(alert -> {
          var over = alert.text("/status").equals("resolved");
          return new Alert(
                  "alertmanager",
                  "alert:" + alert.text("/fingerprint"),
                  over,
                  Alerts.priority(alert.text("/labels/severity")),
                  alert.text("/generatorURL"),
                  alert.time(over ? "/endsAt" : "/startsAt"))
              .says(
                  hook,
                  alert.text("/annotations/summary", "/labels/alertname"),
                  alert.text("/annotations/description") + "\n\n" + labels(alert));
        })
        .toList();
  }

  private static String labels(Payload alert) {
    return alert.at("/labels").node().properties().stream()
        .limit(50)
        .map(label -> "- " + label.getKey() + ": " + label.getValue().asText(""))
        .collect(Collectors.joining("\n"));
  }
}

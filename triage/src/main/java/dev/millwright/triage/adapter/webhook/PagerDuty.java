package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.adapter.webhook.Alerts.Alert;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// PagerDuty's webhooks of version 3: one signature for each secret that is good, and incidents.
final class PagerDuty implements Provider {
  private static final Set<String> OPEN =
      Set.of("incident.triggered", "incident.reopened", "incident.unacknowledged");

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    var signatures = letter.header("x-pagerduty-signature");
    if (signatures.isBlank()) {
      return Proof.missing();
    }
    return Proof.any(
        secrets,
        secret -> {
          var right = "v1=" + HexFormat.of().formatHex(Proof.mac(secret, letter.body()));
          return Arrays.stream(signatures.split(",", 10))
              .map(given -> Proof.same(given.strip(), right))
              .reduce(false, Boolean::logicalOr);
        });
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.text("/event/event_type");
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return payload.text("/event/id");
  }

  @Override
  public List<String> headers() {
    return List.of();
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    var type = payload.text("/event/event_type");
    if (!payload.text("/event/data/type").equals("incident")) {
      return List.of();
    }
    var priority = Alerts.priority(payload.text("/event/data/priority/summary"));
    return List.of(
        new Alert(
                "pagerduty",
                "pagerduty:" + payload.text("/event/data/id"),
                !OPEN.contains(type),
                priority > 0 ? priority : Alerts.priority(payload.text("/event/data/urgency")),
                payload.text("/event/data/html_url"),
                payload.time("/event/occurred_at"))
            .says(
                hook,
                payload.text("/event/data/title"),
                "Service: " + payload.text("/event/data/service/summary")));
  }
}

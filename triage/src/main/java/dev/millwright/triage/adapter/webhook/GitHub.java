package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.List;

/// GitHub: `X-Hub-Signature-256`, and issues, comments, checks and alerts as its REST API has them.
final class GitHub implements Provider {
  private static final String EVENT = "x-github-event";
  private static final String DELIVERY = "x-github-delivery";

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("x-hub-signature-256"), "sha256=", letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return letter.header(EVENT);
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return letter.header(DELIVERY);
  }

  @Override
  public List<String> headers() {
    return List.of(EVENT, DELIVERY);
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return List.of(
        new ForgeEvent("github", payload, hook, new People(hook)).read(letter.header(EVENT)));
  }
}

package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.List;

/// Gitea and Forgejo: `X-Gitea-Signature`, and events in GitHub's shape. They do not say who is a
/// member, so only those the settings trust are.
final class Gitea implements Provider {
  private static final String EVENT = "x-gitea-event";
  private static final String DELIVERY = "x-gitea-delivery";

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("x-gitea-signature"), "", letter.body(), secrets);
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
        new ForgeEvent("gitea", payload, hook, new People(hook)).read(letter.header(EVENT)));
  }
}

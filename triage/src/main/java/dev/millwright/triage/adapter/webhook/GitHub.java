package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.List;

/// GitHub, and those that send its events under headers of their own: issues, comments, checks and
/// alerts as its REST API has them.
///
/// @param source what it is called in keys and headers
/// @param signature the header with the body's HMAC
/// @param prefix what stands before the HMAC there
record GitHub(String source, String signature, String prefix) implements Provider {
  static final GitHub ITSELF = new GitHub("github", "x-hub-signature-256", "sha256=");

  /// Forgejo too. They do not say who is a member, so only those the settings trust are.
  static final GitHub GITEA = new GitHub("gitea", "x-gitea-signature", "");

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header(signature), prefix, letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return letter.header(eventHeader());
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return letter.header(deliveryHeader());
  }

  @Override
  public List<String> headers() {
    return List.of(eventHeader(), deliveryHeader());
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return List.of(
        new ForgeEvent(source, payload, hook, new People(hook)).read(letter.header(eventHeader())));
  }

  private String eventHeader() {
    return "x-" + source + "-event";
  }

  private String deliveryHeader() {
    return "x-" + source + "-delivery";
  }
}

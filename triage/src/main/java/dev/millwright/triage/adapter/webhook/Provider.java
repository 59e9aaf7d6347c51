package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How one sender of webhooks signs, names and says things.
///
/// Nothing of a delivery is parsed before its proof is good; where a proof needs something from the
/// body, `fresh` is asked with it.
interface Provider {
  /// Whether it is from who knows one of the secrets.
  Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now);

  /// What the provider calls this sort of event.
  String event(Letter letter, Payload payload);

  /// What names this delivery, the same when it is sent again; empty where only its content does.
  String delivery(Letter letter, Payload payload, WebhookSettings hook);

  /// Everything that happened, in our words. Empty where it is nothing a rule could be about.
  List<Happening> read(Letter letter, Payload payload, WebhookSettings hook);

  /// The headers that are needed to read it once more later; never one with a secret.
  List<String> headers();

  /// Whether its proof still holds, now that the body can be read.
  default Proof fresh(Payload payload, Instant now) {
    return Proof.good();
  }

  /// What such a delivery is answered with, where the provider expects something in particular.
  default Optional<Reply> reply(Payload payload) {
    return Optional.empty();
  }

  /// An answer of the provider's own making.
  ///
  /// @param kept whether the delivery is taken in all the same
  record Reply(Object body, boolean kept) {}

  static Provider of(String kind) {
    return switch (kind) {
      case "github" -> GitHub.ITSELF;
      case "gitlab" -> new GitLab();
      case "gitea" -> GitHub.GITEA;
      case "linear" -> new Linear();
      case "jira" -> new Jira();
      case "asana" -> new Asana();
      case "sentry" -> new Sentry();
      case "alertmanager" -> new Alertmanager();
      case "pagerduty" -> new PagerDuty();
      case "slack" -> new Slack();
      case "generic" -> new Generic();
      default -> throw new IllegalArgumentException("nobody reads webhooks of " + kind);
    };
  }
}

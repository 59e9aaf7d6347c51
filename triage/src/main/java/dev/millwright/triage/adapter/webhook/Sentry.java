package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.adapter.webhook.Alerts.Alert;
import dev.millwright.triage.domain.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Sentry's integrations: `sentry-hook-signature`, for issues, issue alerts and metric alerts.
final class Sentry implements Provider {
  private static final String RESOURCE = "sentry-hook-resource";
  private static final String REQUEST = "request-id";
  private static final Set<String> OVER = Set.of("resolved", "archived", "ignored");

  /// What makes an issue one that is to be looked at; that somebody took it does not.
  private static final Set<String> BEGUN = Set.of("created", "unresolved");

  private static final Pattern ORGANIZATION =
      Pattern.compile("/organizations/([\\w-]+)/|https://([\\w-]+)\\.sentry\\.io/");
  private static final Pattern PROJECT = Pattern.compile("/projects/([\\w-]+)/([\\w-]+)/");

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("sentry-hook-signature"), "", letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return letter.header(RESOURCE);
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return letter.header(REQUEST);
  }

  @Override
  public List<String> headers() {
    return List.of(RESOURCE, REQUEST);
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return switch (letter.header(RESOURCE)) {
      case "issue" -> List.of(issue(payload, hook));
      case "event_alert", "error" -> List.of(event(payload, hook));
      case "metric_alert" -> List.of(metric(payload, hook));
      default -> List.of();
    };
  }

  private static Happening issue(Payload payload, WebhookSettings hook) {
    var url = payload.text("/data/issue/web_url", "/data/issue/permalink");
    var organization =
        organization(payload.text("/data/issue/url"), payload.text("/data/issue/permalink"), url);
    return new Alert(
            "sentry",
            key(
                organization,
                payload.text("/data/issue/project/slug"),
                payload.text("/data/issue/id")),
            !BEGUN.contains(payload.text("/action"))
                || OVER.contains(payload.text("/data/issue/status")),
            Alerts.priority(payload.text("/data/issue/level")),
            url,
            payload.time("/data/issue/lastSeen"))
        .says(
            hook,
            payload.text("/data/issue/title"),
            payload.text("/data/issue/culprit")
                + "\n\n"
                + payload.text("/data/issue/metadata/value"));
  }

  private static Happening event(Payload payload, WebhookSettings hook) {
    var at = payload.has("/data/event") ? "/data/event" : "/data/error";
    var project = PROJECT.matcher(payload.text(at + "/url"));
    var known = project.find();
    return new Alert(
            "sentry",
            key(
                known ? project.group(1) : "",
                known ? project.group(2) : payload.text(at + "/project"),
                payload.text(at + "/issue_id")),
            false,
            Alerts.priority(payload.text(at + "/level")),
            payload.text(at + "/web_url"),
            payload.time(at + "/datetime"))
        .says(
            hook,
            payload.text(at + "/title"),
            payload.text(at + "/culprit")
                + "\n\n"
                + payload.text(at + "/metadata/value", at + "/message"));
  }

  private static Happening metric(Payload payload, WebhookSettings hook) {
    var url = payload.text("/data/web_url");
    return new Alert(
            "sentry",
            key(
                organization(url),
                "alerts",
                payload.text("/data/metric_alert/alert_rule/id", "/data/metric_alert/id")),
            payload.text("/action").equals("resolved"),
            Alerts.priority(payload.text("/action")),
            url,
            payload.time("/data/metric_alert/date_detected"))
        .says(
            hook,
            payload.text("/data/description_title", "/data/metric_alert/title"),
            payload.text("/data/description_text"));
  }

  private static String key(String organization, String project, String id) {
    return "sentry:" + organization + "/" + project + "/" + id;
  }

  private static String organization(String... urls) {
    for (var url : urls) {
      var found = ORGANIZATION.matcher(url);
      if (found.find()) {
        return found.group(1) == null ? found.group(2) : found.group(1);
      }
    }
    return "";
  }
}

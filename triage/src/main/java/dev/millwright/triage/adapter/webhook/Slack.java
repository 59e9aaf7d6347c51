package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import dev.millwright.triage.domain.Happening.Actor;
import dev.millwright.triage.domain.Happening.Deed;
import dev.millwright.triage.domain.Happening.Place;
import dev.millwright.triage.domain.Happening.Sort;
import dev.millwright.triage.domain.Happening.Subject;
import dev.millwright.triage.domain.Happening.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Slack: a slash command, or a mention in a channel, signed with its time. Who is trusted there is
/// for the settings to say.
final class Slack implements Provider {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    var time = letter.header("x-slack-request-timestamp");
    var given = letter.header("x-slack-signature");
    if (given.isBlank() || !time.matches("[0-9]{1,12}")) {
      return Proof.missing();
    }
    var head = ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8);
    return Proof.any(
            secrets,
            secret ->
                Proof.same(
                    given,
                    "v0=" + HexFormat.of().formatHex(Proof.mac(secret, head, letter.body()))))
        .within(WINDOW, now, Long.parseLong(time));
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.has("/command") ? "command" : payload.text("/event/type", "/type");
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return payload.text("/event_id", "/trigger_id");
  }

  @Override
  public List<String> headers() {
    return List.of();
  }

  @Override
  public Optional<Reply> reply(Payload payload) {
    if (payload.text("/type").equals("url_verification")) {
      return Optional.of(new Reply(Map.of("challenge", payload.text("/challenge")), false));
    }
    return payload.has("/command")
        ? Optional.of(
            new Reply(
                Map.of("response_type", "ephemeral", "text", "Taken. Look for it in Millwright."),
                true))
        : Optional.empty();
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    if (payload.has("/command")) {
      return List.of(command(payload, hook));
    }
    return payload.text("/event/type").equals("app_mention")
        ? List.of(mention(payload, hook))
        : List.of();
  }

  private static Happening command(Payload payload, WebhookSettings hook) {
    var key = "slack:" + payload.text("/team_id") + "/" + payload.text("/trigger_id");
    var people = new People(hook);
    var who =
        people.called(payload.text("/user_name"), people.person(false, payload.text("/user_id")));
    return asked(
        new Subject(Sort.REQUEST, key, "", ""),
        said(payload.text("/text")),
        people.actor(who, false));
  }

  /// What is said in a thread belongs to what the thread began with.
  private static Happening mention(Payload payload, WebhookSettings hook) {
    var thread = payload.text("/event/thread_ts");
    var place = "slack:" + payload.text("/team_id") + "/" + payload.text("/event/channel") + "/";
    var text = said(payload.text("/event/text"));
    var people = new People(hook);
    var by =
        people.actor(
            people.person(false, payload.text("/event/user", "/event/bot_id")),
            payload.has("/event/bot_id"),
            text,
            "");
    return thread.isEmpty()
        ? asked(new Subject(Sort.REQUEST, place + payload.text("/event/ts"), "", ""), text, by)
        : asked(new Subject(Sort.COMMENT, place + thread, "", ""), text, by);
  }

  /// As people read it: without whom it calls, addresses bare, and three signs that stand for
  /// others put back.
  private static String said(String text) {
    return text.replaceAll("<@[A-Z0-9]+(\\|[^<>]*)?>", "")
        .replaceAll("<(https?://[^<>|]+)(\\|[^<>]*)?>", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  private static Happening asked(Subject subject, String text, Actor by) {
    return new Happening(
        subject,
        new Words(text.lines().findFirst().orElse(""), text, List.of(), 0, List.of()),
        Place.in("", ""),
        new Deed("asked", "", subject.sort() == Sort.COMMENT ? text : "", null, by),
        by.who(),
        Map.of());
  }
}

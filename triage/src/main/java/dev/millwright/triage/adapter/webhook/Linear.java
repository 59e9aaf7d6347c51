package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.triage.domain.Happening;
import dev.millwright.triage.domain.Happening.Deed;
import dev.millwright.triage.domain.Happening.Place;
import dev.millwright.triage.domain.Happening.Sort;
import dev.millwright.triage.domain.Happening.Subject;
import dev.millwright.triage.domain.Happening.Words;
import dev.millwright.triage.domain.Mention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Linear: `linear-signature` over a body that says when it was sent. Who acts there is a member of
/// the workspace, unless it is an integration.
final class Linear implements Provider {
  private static final String DELIVERY = "linear-delivery";
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Pattern IDENTIFIER = Pattern.compile("/issue/([A-Za-z0-9]+-[0-9]+)");

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("linear-signature"), "", letter.body(), secrets);
  }

  @Override
  public Proof fresh(Payload payload, Instant now) {
    return Proof.good().within(WINDOW, now, payload.number("/webhookTimestamp") / 1_000);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.text("/type");
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return letter.header(DELIVERY);
  }

  @Override
  public List<String> headers() {
    return List.of(DELIVERY);
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return List.of(new Event(payload, hook, new People(hook)).read());
  }

  /// One event and how it is read.
  private record Event(Payload payload, WebhookSettings hook, People people) {
    Happening read() {
      return switch (payload.text("/type")) {
        case "Issue" -> issue();
        case "Comment" -> comment();
        default -> other();
      };
    }

    private Happening issue() {
      var over = List.of("completed", "canceled", "duplicate");
      return new Happening(
          new Subject(
              Sort.ISSUE,
              "linear:" + payload.text("/data/identifier"),
              over.contains(payload.text("/data/state/type")) ? "closed" : "open",
              ""),
          new Words(
              payload.text("/data/title"),
              payload.text("/data/description"),
              payload.texts("/data/labels", "/name"),
              Math.clamp(payload.number("/data/priority"), 0, 4),
              List.of(payload.text("/data/assignee/name"))),
          Place.in(payload.text("/data/project/slugId"), payload.text("/url", "/data/url")),
          new Deed(
              action(),
              added(),
              "",
              payload.time("/data/updatedAt"),
              people.actor(actor(), isBot())),
          payload.has("/data/botActor")
              ? people.person(false, payload.text("/data/botActor/name"))
              : actor(),
          Map.of());
    }

    /// What a comment is about is named only, so its own words are all there is.
    private Happening comment() {
      var words = payload.text("/data/body");
      var command =
          payload.text("/action").equals("create")
              ? Mention.in(words, hook.calling().handle()).orElse("")
              : "";
      return new Happening(
          new Subject(Sort.COMMENT, "linear:" + identifier(), "", ""),
          new Words(payload.text("/data/issue/title"), command, List.of(), 0, List.of()),
          Place.in("", payload.text("/url", "/data/url")),
          new Deed("commented", "", command, null, people.actor(actor(), isBot(), words, "")),
          actor(),
          Map.of());
    }

    private String identifier() {
      var named = payload.text("/data/issue/identifier");
      var address = IDENTIFIER.matcher(payload.text("/url", "/data/url"));
      return named.isEmpty() && address.find() ? address.group(1) : named;
    }

    private Happening other() {
      return new Happening(
          new Subject(Sort.OTHER, "", "", ""),
          new Words("", "", List.of(), 0, List.of()),
          Place.in("", payload.text("/url")),
          new Deed(action(), "", "", null, people.actor(actor(), isBot())),
          actor(),
          Map.of());
    }

    private String action() {
      return switch (payload.text("/action")) {
        case "create" -> "opened";
        case "remove" -> "closed";
        case "update" ->
            payload.has("/updatedFrom/labelIds")
                ? "labelled"
                : payload.node().at("/updatedFrom").has("assigneeId") ? "assigned" : "edited";
        case String other -> other;
      };
    }

    /// The first label that was not there before.
    private String added() {
      var before = payload.texts("/updatedFrom/labelIds", "");
      return payload.list("/data/labels").stream()
          .filter(it -> payload.has("/updatedFrom/labelIds") && !before.contains(it.text("/id")))
          .map(it -> it.text("/name"))
          .findFirst()
          .orElse("");
    }

    private Author actor() {
      return people.person(
          payload.text("/actor/type").equals("user"),
          payload.text("/actor/name", "/actor/id"),
          payload.text("/actor/id"),
          payload.text("/actor/email"));
    }

    private boolean isBot() {
      return !List.of("user", "").contains(payload.text("/actor/type"));
    }
  }
}

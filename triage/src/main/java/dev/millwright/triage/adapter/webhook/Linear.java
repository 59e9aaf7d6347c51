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
  private static final Pattern SLUG =
      Pattern.compile("/project/(?:[^/?#]*-)?([0-9a-f]{12})(?:[/?#]|$)");

  /// Where it says that the words came through something.
  private static final List<String> PASSED_ON =
      List.of("/data/externalUserCreator", "/data/botActor", "/data/integrationSourceType");

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
              List.of(payload.text("/data/assignee/name"), payload.text("/data/delegate/name"))),
          Place.in(project(), payload.text("/url", "/data/url")),
          new Deed(
              action(),
              added(),
              "",
              payload.time("/data/updatedAt"),
              people.actor(actor(), isBot())),
          People.weakest(actor(), creator()),
          Map.of());
    }

    /// The last part of its address is what Linear calls its slug.
    private String project() {
      var slug = SLUG.matcher(payload.text("/data/project/url"));
      return slug.find() ? slug.group(1) : "";
    }

    /// What an integration passes on was written by anybody.
    private Author creator() {
      if (PASSED_ON.stream().anyMatch(payload::has)) {
        return people.called(
            payload.text("/data/externalUserCreator/name", "/data/integrationSourceType"),
            people.person(false));
      }
      return payload.has("/data/creator") ? person(true, "/data/creator") : actor();
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
          new Deed("commented", "", command, null, people.actor(speaker(), isBot(), words, "")),
          speaker(),
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
                : isAssigned() ? "assigned" : "edited";
        case String other -> other;
      };
    }

    private boolean isAssigned() {
      var before = payload.node().at("/updatedFrom");
      return before.has("assigneeId") || before.has("delegateId");
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
      return person(payload.text("/actor/type").equals("user"), "/actor");
    }

    private Author speaker() {
      return payload.has("/data/externalUser")
          ? people.called(payload.text("/data/externalUser/name"), people.person(false))
          : actor();
    }

    private Author person(boolean member, String at) {
      return people.called(
          payload.text(at + "/name", at + "/service"),
          people.person(member, payload.text(at + "/id"), payload.text(at + "/email")));
    }

    private boolean isBot() {
      return !List.of("user", "").contains(payload.text("/actor/type"));
    }
  }
}

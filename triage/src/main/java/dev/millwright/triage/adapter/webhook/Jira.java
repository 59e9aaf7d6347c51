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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Jira: `X-Hub-Signature`. Who acts there with an Atlassian account is a member; a customer of its
/// service desk is not, nor is an app, which passes on what anybody wrote.
final class Jira implements Provider {
  private static final String DELIVERY = "x-atlassian-webhook-identifier";

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("x-hub-signature"), "sha256=", letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.text("/webhookEvent");
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
    return List.of(new Event(payload, new People(hook), hook).read());
  }

  /// One event and how it is read.
  private record Event(Payload payload, People people, WebhookSettings hook) {
    Happening read() {
      var event = payload.text("/webhookEvent");
      if (!payload.has("/issue/key")) {
        return happening(new Subject(Sort.OTHER, "", "", ""), event, "", "");
      }
      var key = "jira:" + payload.text("/issue/key");
      var open =
          payload.text("/issue/fields/status/statusCategory/key").equals("done")
              ? "closed"
              : "open";
      if (event.startsWith("comment_")) {
        var words = payload.text("/comment/body");
        var command =
            event.equals("comment_created")
                ? Mention.in(words, hook.calling().handle()).orElse("")
                : "";
        return happening(new Subject(Sort.COMMENT, key, open, ""), "commented", command, words);
      }
      return happening(new Subject(Sort.ISSUE, key, open, ""), action(event), "", "");
    }

    private Happening happening(Subject subject, String action, String command, String words) {
      var who = person(words.isEmpty() ? "/user" : "/comment/author");
      var body = payload.text("/issue/fields/description");
      return new Happening(
          subject,
          new Words(
              payload.text("/issue/fields/summary"),
              command.isEmpty() ? body : body + "\n\n" + who.name() + " says: " + command,
              payload.texts("/issue/fields/labels", ""),
              priority(),
              List.of(payload.text("/issue/fields/assignee/displayName"))),
          Place.in(payload.text("/issue/fields/project/key"), url()),
          new Deed(
              action,
              added(),
              command,
              payload.time("/issue/fields/updated"),
              people.actor(who, isBot(), words, "")),
          payload.has("/issue/fields/creator")
              ? People.weakest(who, person("/issue/fields/creator"))
              : who,
          Map.of());
    }

    private String action(String event) {
      return switch (event) {
        case "jira:issue_created" -> "opened";
        case "jira:issue_deleted" -> "closed";
        default -> !added().isEmpty() ? "labelled" : changed("assignee") ? "assigned" : "edited";
      };
    }

    private boolean changed(String field) {
      return payload.list("/changelog/items").stream()
          .anyMatch(it -> it.text("/field").equals(field));
    }

    /// The first label that was not there before.
    private String added() {
      return payload.list("/changelog/items").stream()
          .filter(it -> it.text("/field").equals("labels"))
          .flatMap(it -> {
            var before = Arrays.asList(it.text("/fromString").split(" ", 100));
            return Arrays.stream(it.text("/toString").split(" ", 100))
                .filter(label -> !label.isBlank() && !before.contains(label));
          })
          .findFirst()
          .orElse("");
    }

    private int priority() {
      return switch (payload.text("/issue/fields/priority/name").toLowerCase(Locale.ROOT)) {
        case "highest", "blocker", "critical" -> 1;
        case "high", "major" -> 2;
        case "medium" -> 3;
        case "low", "lowest", "minor", "trivial" -> 4;
        default -> 0;
      };
    }

    private String url() {
      return payload.text("/issue/self").replaceFirst("/rest/.*$", "")
          + "/browse/"
          + payload.text("/issue/key");
    }

    private Author person(String user) {
      return people.called(
          payload.text(user + "/displayName"),
          people.person(
              payload.text(user + "/accountType").equals("atlassian"),
              payload.text(user + "/accountId"),
              payload.text(user + "/name")));
    }

    private boolean isBot() {
      return payload.text("/user/accountType", "/comment/author/accountType").equals("app");
    }
  }
}

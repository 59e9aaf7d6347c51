package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.triage.domain.Happening;
import dev.millwright.triage.domain.Happening.Actor;
import dev.millwright.triage.domain.Happening.Deed;
import dev.millwright.triage.domain.Happening.Place;
import dev.millwright.triage.domain.Happening.Sort;
import dev.millwright.triage.domain.Happening.Subject;
import dev.millwright.triage.domain.Happening.Words;
import dev.millwright.triage.domain.Mention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// GitLab: `X-Gitlab-Token`, or where it signs, `webhook-signature` as Standard Webhooks has it. It
/// does not say who is a member, so only those the settings trust are.
final class GitLab implements Provider {
  private static final String EVENT = "x-gitlab-event";
  private static final String DELIVERY = "idempotency-key";
  private static final String SIGNED_DELIVERY = "webhook-id";
  private static final String UUID = "x-gitlab-event-uuid";
  private static final String SIGNING_KEY = "whsec_";
  private static final Duration WINDOW = Duration.ofMinutes(5);

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    var signatures = letter.header("webhook-signature");
    if (signatures.isEmpty()) {
      return Proof.token(letter.header("x-gitlab-token"), secrets);
    }
    var time = letter.header("webhook-timestamp");
    if (!time.matches("[0-9]{1,12}")) {
      return Proof.missing();
    }
    var signed =
        (letter.header(SIGNED_DELIVERY) + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    return Proof.any(
            secrets,
            secret -> {
              var right =
                  "v1,"
                      + Base64.getEncoder()
                          .encodeToString(Proof.mac(key(secret), signed, letter.body()));
              return Arrays.stream(signatures.split(" ", 10))
                  .map(given -> Proof.same(given, right))
                  .reduce(false, Boolean::logicalOr);
            })
        .within(WINDOW, now, Long.parseLong(time));
  }

  private static byte[] key(Secret secret) {
    var text = secret.reveal();
    try {
      return text.startsWith(SIGNING_KEY)
          ? Base64.getDecoder().decode(text.substring(SIGNING_KEY.length()))
          : text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.text("/object_kind", "/event_name");
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return List.of(SIGNED_DELIVERY, DELIVERY, UUID).stream()
        .map(letter::header)
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public List<String> headers() {
    return List.of(EVENT, DELIVERY, SIGNED_DELIVERY, UUID);
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    return List.of(new Event(payload, hook, new People(hook)).read());
  }

  /// One event and how it is read.
  private record Event(Payload payload, WebhookSettings hook, People people) {
    Happening read() {
      return switch (payload.text("/object_kind")) {
        case "issue", "work_item" -> issue();
        case "note" -> note();
        case "pipeline" -> pipeline();
        default -> other();
      };
    }

    private Happening issue() {
      var action = action();
      return new Happening(
          new Subject(Sort.ISSUE, numbered("/object_attributes"), state("/object_attributes"), ""),
          new Words(
              payload.text("/object_attributes/title"),
              payload.text("/object_attributes/description"),
              payload.texts("/labels", "/title"),
              0,
              payload.texts("/assignees", "/username")),
          Place.of(project(), payload.text("/object_attributes/url")),
          new Deed(
              action,
              added(),
              "",
              payload.time("/object_attributes/updated_at"),
              people.actor(user(), isBot())),
          author("/object_attributes"),
          Map.of());
    }

    private Happening note() {
      var about = payload.has("/issue") ? "/issue" : "/merge_request";
      var words = payload.text("/object_attributes/note");
      var branch = payload.text("/merge_request/source_branch");
      var isOwn = branch.startsWith("millwright/");
      var isNew = !payload.text("/object_attributes/action").equals("update");
      var command = isNew ? Mention.in(words, hook.calling().handle()).orElse("") : "";
      var body = payload.text(about + "/description");
      return new Happening(
          new Subject(
              Sort.COMMENT,
              numbered(about),
              state(about),
              isOwn ? branch.substring("millwright/".length()) : ""),
          new Words(
              payload.text(about + "/title"),
              command.isEmpty() ? body : body + "\n\n" + user().name() + " says: " + command,
              payload.texts(about + "/labels", "/title"),
              0,
              List.of()),
          Place.on(project(), payload.text("/object_attributes/url"), branch, false),
          new Deed(
              isNew ? "commented" : "edited",
              "",
              command,
              payload.time(about + "/updated_at"),
              people.actor(user(), isBot(), words, "")),
          People.weakest(user(), author(about)),
          Map.of());
    }

    /// A pipeline for a merge request runs on a branch of its own, whatever that is called.
    private Happening pipeline() {
      var branch = payload.text("/object_attributes/ref");
      var main =
          branch.equals(payload.text("/project/default_branch"))
              && !payload.is("/object_attributes/tag")
              && !payload.text("/object_attributes/source").startsWith("merge_request");
      var status = payload.text("/object_attributes/status");
      var state = status.equals("failed") ? "failed" : status.equals("success") ? "passed" : "";
      var name = payload.text("/object_attributes/name");
      var failed =
          payload.list("/builds").stream()
              .filter(build -> build.text("/status").equals("failed"))
              .map(build -> "- " + build.text("/stage") + ": " + build.text("/name"))
              .limit(50)
              .toList();
      return new Happening(
          new Subject(
              Sort.CHECK,
              "gitlab:" + project() + "/checks/" + (name.isEmpty() ? "pipeline" : name),
              state,
              ""),
          new Words(
              (name.isEmpty() ? "The pipeline" : name) + " fails on " + branch,
              String.join("\n", failed) + "\n\nCommit: " + payload.text("/object_attributes/sha"),
              List.of(),
              0,
              List.of()),
          Place.on(project(), payload.text("/object_attributes/url"), branch, main),
          new Deed(
              state.isEmpty() ? status : state,
              "",
              "",
              payload.time("/object_attributes/finished_at"),
              machine(branch)),
          people.machine("gitlab"),
          Map.of("check", name.isEmpty() ? "pipeline" : name));
    }

    private Happening other() {
      return new Happening(
          new Subject(Sort.OTHER, "", "", ""),
          new Words(payload.text("/object_attributes/title"), "", List.of(), 0, List.of()),
          Place.of(project(), payload.text("/project/web_url")),
          new Deed(
              payload.text("/object_attributes/action"),
              "",
              "",
              null,
              people.actor(user(), isBot(), "", payload.text("/object_attributes/source_branch"))),
          user(),
          Map.of());
    }

    private String action() {
      return switch (payload.text("/object_attributes/action")) {
        case "open" -> "opened";
        case "reopen" -> "reopened";
        case "close" -> "closed";
        case "update" ->
            !added().isEmpty()
                ? "labelled"
                : payload.has("/changes/assignees") ? "assigned" : "edited";
        case String other -> other;
      };
    }

    /// The first label that was not there before.
    private String added() {
      var before = payload.texts("/changes/labels/previous", "/title");
      return payload.texts("/changes/labels/current", "/title").stream()
          .filter(it -> !before.contains(it))
          .findFirst()
          .orElse("");
    }

    private String state(String thing) {
      return payload.text(thing + "/state").equals("closed") ? "closed" : "open";
    }

    private String numbered(String thing) {
      return "gitlab:" + project() + "#" + payload.text(thing + "/iid");
    }

    private String project() {
      return payload.text("/project/path_with_namespace");
    }

    private Author user() {
      return people.person(
          false,
          payload.text("/user/username", "/user_username"),
          payload.text("/user/id", "/user_id"));
    }

    /// The payload names whoever acts, and of whoever wrote the words only the number.
    private Author author(String thing) {
      var id = payload.text(thing + "/author_id");
      return id.equals(payload.text("/user/id")) ? user() : people.person(false, id);
    }

    private boolean isBot() {
      var name = payload.text("/user/username", "/user_username");
      return name.matches("(project|group)_\\d+_bot.*")
          || name.endsWith("-bot")
          || name.endsWith("_bot");
    }

    private Actor machine(String branch) {
      return people.actor(people.machine("gitlab"), true, "", branch);
    }
  }
}

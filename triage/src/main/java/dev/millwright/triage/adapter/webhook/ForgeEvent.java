package dev.millwright.triage.adapter.webhook;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event of a forge that speaks as GitHub does.
///
/// @param source which forge
record ForgeEvent(String source, Payload payload, WebhookSettings hook, People people) {
  private static final Set<String> MEMBERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");
  private static final Set<String> FAILED =
      Set.of("failure", "timed_out", "startup_failure", "error");

  /// Only people with rights in the repository can do these to an issue.
  private static final Set<String> INSIDE = Set.of("labelled", "assigned", "unlabeled");

  Happening read(String event) {
    return switch (event) {
      case "issues" -> issue();
      case "issue_comment" -> comment("/issue", "/comment", "");
      case "pull_request_review_comment" -> comment("/pull_request", "/comment", branch());
      case "pull_request_review" -> comment("/pull_request", "/review", branch());
      case "pull_request" -> change();
      case "workflow_run" -> workflow();
      case "check_run" -> check();
      case "status" -> status();
      case "dependabot_alert" -> dependency("/alert/security_advisory/ghsa_id");
      case "repository_vulnerability_alert" -> dependency("/alert/ghsa_id");
      case "code_scanning_alert" -> scan("code-scanning", "/alert/rule/description");
      case "secret_scanning_alert" -> scan("secret-scanning", "/alert/secret_type_display_name");
      default -> other();
    };
  }

  private Happening issue() {
    var action = action();
    var author = author("/issue");
    var sender = people.person(INSIDE.contains(action), login("/sender"));
    return new Happening(
        new Subject(Sort.ISSUE, numbered("/issue"), payload.text("/issue/state"), ""),
        new Words(
            payload.text("/issue/title"),
            payload.text("/issue/body"),
            labels("/issue"),
            0,
            assignees("/issue")),
        place("/issue"),
        new Deed(
            action,
            payload.text("/label/name"),
            "",
            payload.time("/issue/updated_at"),
            people.actor(sender, isBot("/sender"))),
        author,
        Map.of());
  }

  /// A comment on an issue, or on a change; what it is about is the work, with the comment's words
  /// added to it.
  private Happening comment(String about, String comment, String branch) {
    var words = payload.text(comment + "/body");
    var isNew = Set.of("created", "submitted").contains(payload.text("/action"));
    var command = isNew ? Mention.in(words, hook.calling().handle()).orElse("") : "";
    var who = author(comment);
    var isOwn = branch.startsWith("millwright/");
    var body = payload.text(about + "/body");
    return new Happening(
        new Subject(
            Sort.COMMENT,
            numbered(about),
            payload.text(about + "/state"),
            isOwn ? branch.substring("millwright/".length()) : ""),
        new Words(
            payload.text(about + "/title"),
            command.isEmpty() ? body : body + "\n\n" + who.name() + " says: " + command,
            labels(about),
            0,
            assignees(about)),
        Place.on(repo(), payload.text(comment + "/html_url"), branch, false),
        new Deed(
            isNew ? "commented" : payload.text("/action"),
            "",
            command,
            payload.time(about + "/updated_at"),
            people.actor(who, isBot(comment + "/user"), words, "")),
        People.weakest(who, author(about)),
        Map.of());
  }

  private Happening change() {
    var author = author("/pull_request");
    return new Happening(
        new Subject(
            Sort.CHANGE, numbered("/pull_request"), payload.text("/pull_request/state"), ""),
        new Words(
            payload.text("/pull_request/title"),
            payload.text("/pull_request/body"),
            labels("/pull_request"),
            0,
            assignees("/pull_request")),
        Place.on(repo(), payload.text("/pull_request/html_url"), branch(), false),
        new Deed(
            action(),
            payload.text("/label/name"),
            "",
            payload.time("/pull_request/updated_at"),
            people.actor(people.person(false, login("/sender")), isBot("/sender"), "", branch())),
        author,
        Map.of());
  }

  /// A fork's branch can be called like ours: only a run of this repository tells about ours.
  private Happening workflow() {
    var own =
        payload.text("/workflow_run/head_repository/full_name").equals(repo())
            && !payload.text("/workflow_run/event").startsWith("pull_request");
    return checked(
        payload.text("/workflow_run/name", "/workflow/name"),
        payload.text("/workflow_run/conclusion"),
        own ? payload.text("/workflow_run/head_branch") : "",
        "Run: "
            + payload.text("/workflow_run/html_url")
            + "\nCommit: "
            + payload.text("/workflow_run/head_sha"),
        "/workflow_run/html_url",
        payload.time("/workflow_run/updated_at"));
  }

  /// What GitHub Actions runs is told of as a workflow, too; the check of the same name would be a
  /// second time. For a fork's commit there is no branch here.
  private Happening check() {
    if (payload.text("/check_run/app/slug").equals("github-actions")) {
      return other();
    }
    return checked(
        payload.text("/check_run/name"),
        payload.text("/check_run/conclusion"),
        payload.text("/check_run/check_suite/head_branch"),
        payload.text("/check_run/output/title")
            + "\n\n"
            + payload.text("/check_run/output/summary")
            + "\n\nCommit: "
            + payload.text("/check_run/head_sha"),
        "/check_run/html_url",
        payload.time("/check_run/completed_at"));
  }

  private Happening status() {
    var main = payload.texts("/branches", "/name").contains(mainBranch());
    return checked(
        payload.text("/context"),
        payload.text("/state"),
        main ? mainBranch() : "",
        payload.text("/description") + "\n\nCommit: " + payload.text("/sha"),
        "/target_url",
        payload.time("/updated_at"));
  }

  private Happening checked(
      String name,
      String conclusion,
      String branch,
      String body,
      String url,
      @Nullable Instant at) {
    var failed = FAILED.contains(conclusion);
    var main = !branch.isEmpty() && branch.equals(mainBranch());
    return new Happening(
        new Subject(
            Sort.CHECK,
            source + ":" + repo() + "/checks/" + name,
            failed ? "failed" : conclusion.equals("success") ? "passed" : "",
            ""),
        new Words(
            name + " fails on " + (branch.isEmpty() ? "a branch" : branch),
            body.strip(),
            List.of(),
            0,
            List.of()),
        Place.on(repo(), payload.text(url), branch, main),
        new Deed(
            failed ? "failed" : conclusion.equals("success") ? "passed" : payload.text("/action"),
            "",
            "",
            at,
            people.actor(people.machine(source), true, "", branch)),
        people.machine(source),
        Map.of("check", name));
  }

  private Happening dependency(String ghsa) {
    var id = payload.text(ghsa);
    var name = payload.text("/alert/dependency/package/name", "/alert/affected_package_name");
    var version =
        payload.text(
            "/alert/security_vulnerability/first_patched_version/identifier", "/alert/fixed_in");
    var coordinates = name.split(":", 2);
    var maven = coordinates.length == 2;
    return advisory(
        "osv:" + id + "@" + (hook.repo() == null ? payload.text("/repository/name") : hook.repo()),
        name + ": " + payload.text("/alert/security_advisory/summary", "/alert/affected_range"),
        payload.text("/alert/security_advisory/description"),
        Map.of(
            "advisory", id,
            "package", name,
            "group", maven ? coordinates[0] : "",
            "artifact", maven ? coordinates[1] : "",
            "version", version));
  }

  private Happening scan(String what, String title) {
    return advisory(
        source + ":" + repo() + "/" + what + "/" + payload.text("/alert/number"),
        payload.text(title, "/alert/rule/name", "/alert/secret_type"),
        payload.text("/alert/most_recent_instance/message/text")
            + "\n\n"
            + payload.text("/alert/most_recent_instance/location/path"),
        Map.of());
  }

  private Happening advisory(String key, String title, String body, Map<String, String> facts) {
    var state = payload.text("/alert/state");
    var open = state.isEmpty() ? payload.text("/action").equals("create") : state.equals("open");
    var branch = payload.text("/ref").replaceFirst("^refs/heads/", "");
    return new Happening(
        new Subject(Sort.ADVISORY, key, open ? "open" : "closed", ""),
        new Words(title, body.strip(), List.of(), priority(), List.of()),
        Place.on(
            repo(),
            payload.text("/alert/html_url"),
            branch,
            branch.isEmpty() || branch.equals(mainBranch())),
        new Deed(
            open ? "opened" : "closed",
            "",
            "",
            payload.time("/alert/updated_at"),
            people.actor(people.machine(source), true)),
        people.machine(source),
        facts);
  }

  private int priority() {
    return switch (payload.text(
        "/alert/security_advisory/severity",
        "/alert/severity",
        "/alert/rule/security_severity_level")) {
      case "critical" -> 1;
      case "high" -> 2;
      case "medium", "moderate" -> 3;
      case "low" -> 4;
      default -> 0;
    };
  }

  private Happening other() {
    var sender = people.person(false, login("/sender"));
    return new Happening(
        new Subject(Sort.OTHER, "", "", ""),
        new Words("", "", List.of(), 0, List.of()),
        Place.of(repo(), payload.text("/repository/html_url")),
        new Deed(payload.text("/action"), "", "", null, people.actor(sender, isBot("/sender"))),
        sender,
        Map.of());
  }

  private String action() {
    return switch (payload.text("/action")) {
      case "labeled", "label_updated" -> "labelled";
      case String other -> other;
    };
  }

  private Author author(String thing) {
    return people.person(
        MEMBERS.contains(payload.text(thing + "/author_association")), login(thing + "/user"));
  }

  private String login(String user) {
    return payload.text(user + "/login");
  }

  private boolean isBot(String user) {
    return payload.text(user + "/type").equals("Bot") || login(user).endsWith("[bot]");
  }

  private String numbered(String thing) {
    return source + ":" + repo() + "#" + payload.text(thing + "/number");
  }

  private List<String> labels(String thing) {
    return payload.texts(thing + "/labels", "/name");
  }

  private List<String> assignees(String thing) {
    return payload.texts(thing + "/assignees", "/login");
  }

  private Place place(String thing) {
    return Place.of(repo(), payload.text(thing + "/html_url"));
  }

  private String repo() {
    return payload.text("/repository/full_name");
  }

  private String branch() {
    return payload.text("/pull_request/head/ref");
  }

  private String mainBranch() {
    return payload.text("/repository/default_branch");
  }
}

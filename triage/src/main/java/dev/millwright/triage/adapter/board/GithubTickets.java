package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.signal.Author;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Issue.Blocker;
import dev.millwright.triage.domain.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Makes tickets of GitHub's issues.
record GithubTickets(
    String repo, LabelStates states, List<String> terminal, Priorities priorities) {
  static final String OPEN = "open";

  private static final Set<String> MEMBERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  /// A ticket as a list shows it: how many issues hold it up is known, which ones is not.
  Issue read(JsonNode record) throws MalformedException {
    var blocked = record.path("issue_dependencies_summary").path("blocked_by").asInt(0) > 0;
    return read(record, blocked ? List.of(new Blocker(null, null, OPEN)) : List.of());
  }

  /// A ticket with what holds it up.
  Issue read(JsonNode record, List<Blocker> blockers) throws MalformedException {
    var number = Reading.required(record, "number");
    var labels = Reading.labels(labels(record));
    var state = states.of(Reading.required(record, "state"), labels);
    var open = blockers.stream().anyMatch(this::holdsUp);
    return new Issue(
        new Issue.Ref(
            number,
            "GH-" + number,
            Reading.link(record, "html_url"),
            Map.of(
                "number", number,
                "repo", repositoryOf(record),
                "id", record.path("id").asText(),
                "node_id", Reading.plain(record, "node_id"))),
        new Issue.Words(
            Reading.required(record, "title"), Reading.plain(record, "body"), labels, null),
        state,
        priorities.among(labels),
        new Issue.Standing(
            !isPullRequest(record) && !open,
            blockers,
            Reading.optional(record.path("assignee"), "login"),
            author(record)),
        new Issue.Times(Reading.time(record, "created_at"), Reading.time(record, "updated_at")));
  }

  static boolean isPullRequest(JsonNode record) {
    return record.path("pull_request").isObject();
  }

  static List<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /// The repository an issue is in now, as GitHub spells it.
  String repositoryOf(JsonNode record) {
    var address = Reading.plain(record, "repository_url");
    var at = address.lastIndexOf("/repos/");
    return at < 0 ? repo : address.substring(at + "/repos/".length());
  }

  List<Blocker> blockers(JsonNode records) {
    var blockers = new ArrayList<Blocker>();
    for (var record : records) {
      var number = Reading.optional(record, "number");
      var home = repositoryOf(record).equalsIgnoreCase(repo);
      var id = home ? number : null;
      var identifier = home ? "GH-" + number : repositoryOf(record) + "#" + number;
      var state = Reading.optional(record, "state");
      blockers.add(
          new Blocker(
              id,
              number == null ? null : identifier,
              state == null ? null : states.of(state, Reading.labels(labels(record)))));
    }
    return blockers;
  }

  private boolean holdsUp(Blocker blocker) {
    var state = blocker.state();
    if (state == null) {
      return true;
    }
    return !Issue.folded(state).equals(LabelStates.CLOSED)
        && terminal.stream().noneMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
  }

  static Stream<String> labels(JsonNode record) {
    return each(record.path("labels")).stream()
        .map(it -> it.isTextual() ? it.textValue() : Reading.plain(it, "name"));
  }

  /// What people said among all that was; apps say what somebody else made them say.
  static List<Remark> remarks(List<JsonNode> comments) {
    var remarks = new ArrayList<Remark>();
    for (var comment : comments) {
      var id = Reading.optional(comment, "id");
      var at = Reading.time(comment, "created_at");
      var body = Reading.plain(comment, "body");
      var isPerson = Reading.plain(comment.path("user"), "type").equals("User");
      if (id != null && at != null && isPerson && !Marker.isOnAny(body)) {
        remarks.add(new Remark(id, author(comment), body, at, Reading.link(comment, "html_url")));
      }
    }
    return remarks;
  }

  private static Author author(JsonNode record) {
    var name = Reading.plain(record.path("user"), "login");
    var member = MEMBERS.contains(Reading.plain(record, "author_association"));
    return new Author(
        name.isEmpty() ? "ghost" : name, member ? Author.Trust.MEMBER : Author.Trust.OUTSIDER);
  }
}

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
import java.util.stream.StreamSupport;

/// Makes tickets of Linear's issues.
///
/// @param terminal states in which a blocker holds nothing up any more
/// @param assignee whose tickets are work; empty for anybody's
record LinearTickets(List<String> terminal, String assignee) {
  Issue read(JsonNode record) throws MalformedException {
    var state = Reading.required(record.path("state"), "name");
    var blockers = blockers(record.path("inverseRelations"));
    var owner = Reading.optional(record.path("assignee"), "id");
    var mine = assignee.isEmpty() || assignee.equals(owner);
    var blocked = Issue.folded(state).equals("todo") && blockers.stream().anyMatch(this::holdsUp);
    return new Issue(
        new Issue.Ref(
            Reading.required(record, "id"),
            Reading.required(record, "identifier"),
            Reading.link(record, "url"),
            Map.of()),
        new Issue.Words(
            Reading.required(record, "title"),
            Reading.plain(record, "description"),
            Reading.labels(
                nodes(record.path("labels")).stream().map(it -> Reading.plain(it, "name"))),
            Reading.optional(record, "branchName")),
        state,
        priority(record),
        new Issue.Standing(mine && !blocked, blockers, owner, author(record.path("creator"))),
        new Issue.Times(Reading.time(record, "createdAt"), Reading.time(record, "updatedAt")));
  }

  static List<JsonNode> nodes(JsonNode connection) {
    return StreamSupport.stream(connection.path("nodes").spliterator(), false).toList();
  }

  private boolean holdsUp(Blocker blocker) {
    var state = blocker.state();
    return state == null
        || terminal.stream().noneMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
  }

  /// Of a ticket with more relations than fit on a page, one that nobody knows holds it up.
  private static List<Blocker> blockers(JsonNode relations) {
    var blockers = new ArrayList<Blocker>();
    for (var relation : nodes(relations)) {
      if (Issue.folded(Reading.plain(relation, "type")).equals("blocks")) {
        var issue = relation.path("issue");
        blockers.add(
            new Blocker(
                Reading.optional(issue, "id"),
                Reading.optional(issue, "identifier"),
                Reading.optional(issue.path("state"), "name")));
      }
    }
    if (relations.path("pageInfo").path("hasNextPage").asBoolean(false)) {
      blockers.add(new Blocker(null, null, null));
    }
    return blockers;
  }

  private static int priority(JsonNode record) {
    var priority = record.path("priority").asInt(0);
    return priority >= 1 && priority <= 4 ? priority : 0;
  }

  /// What people said. An integration, of whom Linear names no user, passes on what anybody wrote.
  ///
  /// @param ticket the id of the one it was said on
  static List<Remark> remarks(String ticket, List<JsonNode> comments) {
    var remarks = new ArrayList<Remark>();
    for (var comment : comments) {
      var id = Reading.optional(comment, "id");
      var at = Reading.time(comment, "createdAt");
      var user = comment.path("user");
      if (id != null
          && at != null
          && user.isObject()
          && !user.path("app").asBoolean(true)
          && !LinearComments.isOurs(ticket, id)) {
        remarks.add(
            new Remark(
                id,
                author(user),
                Reading.plain(comment, "body"),
                at,
                Reading.link(comment, "url")));
      }
    }
    return remarks;
  }

  /// People of the workspace are members. Guests are not, and neither is an app or an integration:
  /// it passes on what anybody wrote.
  private static Author author(JsonNode creator) {
    var name = Reading.plain(creator, "displayName");
    var member =
        creator.isObject()
            && !creator.path("guest").asBoolean(true)
            && !creator.path("app").asBoolean(true);
    return new Author(
        name.isEmpty() ? "an integration" : name,
        member ? Author.Trust.MEMBER : Author.Trust.OUTSIDER);
  }
}

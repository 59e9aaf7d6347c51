package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.Reading.optional;
import static dev.millwright.triage.adapter.board.Reading.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Makes tickets of Jira's records.
///
/// @param site where people see a ticket; `null` if that cannot be told
/// @param terminal states in which a ticket is over
record JiraIssues(
    String project, @Nullable URI site, List<String> terminal, Priorities priorities) {

  /// What a record has to bring.
  static final List<String> FIELDS =
      List.of(
          "summary",
          "description",
          "status",
          "priority",
          "labels",
          "assignee",
          "creator",
          "reporter",
          "issuelinks",
          "project",
          "created",
          "updated");

  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}-\\d{1,18}");

  /// Jira writes the offset without a colon.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter();

  /// Whether a record belongs to the board; one that was moved to another project does not.
  boolean isOurs(JsonNode record) {
    var key = record.at("/fields/project/key");
    return key.isTextual()
        ? key.asText().equalsIgnoreCase(project)
        : !record.at("/fields").has("project");
  }

  Issue read(JsonNode record) throws MalformedException {
    var fields = record.path("fields");
    var key = required(record, "key");
    if (!KEY.matcher(key).matches()) {
      throw new MalformedException("'key' is no key of Jira's");
    }
    var browse = site == null ? null : URI.create(site + "/browse/" + key);
    var status = fields.path("status");
    var blockers = blockers(fields.path("issuelinks"));
    return new Issue(
        new Issue.Ref(required(record, "id"), key, browse, Map.of()),
        new Issue.Words(
            required(fields, "summary"),
            AtlassianText.of(fields.path("description")),
            Reading.labels(texts(fields.path("labels"))),
            null),
        required(status, "name"),
        priorities.of(Reading.plain(fields.path("priority"), "name")),
        new Issue.Standing(
            !waits(status, blockers),
            blockers.stream().map(Dependency::blocker).toList(),
            optional(fields.path("assignee"), "accountId"),
            author(fields)),
        new Issue.Times(time(fields, "created"), time(fields, "updated")));
  }

  /// Only what has not begun waits for others; work that is under way goes on.
  private static boolean waits(JsonNode status, List<Dependency> blockers) {
    var category = status.path("statusCategory").path("key").asText("");
    var name = Issue.folded(status.path("name").asText(""));
    var isNew =
        category.isEmpty() ? name.equals("to do") || name.equals("todo") : category.equals("new");
    return isNew && blockers.stream().anyMatch(it -> !it.over());
  }

  private List<Dependency> blockers(JsonNode links) {
    var all = new ArrayList<Dependency>();
    for (var link : links) {
      var other = link.path("inwardIssue");
      if (link.path("type").path("name").asText("").equalsIgnoreCase("Blocks")
          && other.isObject()) {
        var status = other.path("fields").path("status");
        var state = optional(status, "name");
        var over =
            isTerminal(state) || Reading.plain(status.path("statusCategory"), "key").equals("done");
        all.add(
            new Dependency(
                new Issue.Blocker(optional(other, "id"), optional(other, "key"), state), over));
      }
    }
    return all;
  }

  private boolean isTerminal(@Nullable String state) {
    return state != null
        && terminal.stream().anyMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
  }

  /// @param over whether nobody has to wait for it any more
  private record Dependency(Issue.Blocker blocker, boolean over) {}

  /// Who created it cannot be changed, who reported it can. A customer of a service desk in either
  /// place is a stranger, and so is an app: it may pass on what strangers say.
  private static Author author(JsonNode fields) {
    var creator = fields.path("creator");
    var reporter = fields.path("reporter");
    var name = optional(creator, "displayName");
    var member =
        creator.hasNonNull("accountId")
            && isStaff(creator)
            && (!reporter.isObject() || isStaff(reporter));
    return new Author(name == null ? "unknown" : name, member ? Trust.MEMBER : Trust.OUTSIDER);
  }

  /// What people said on a ticket; an app passes on what somebody else said.
  static List<Remark> remarks(@Nullable URI ticket, List<JsonNode> comments) {
    var remarks = new ArrayList<Remark>();
    for (var comment : comments) {
      var who = comment.path("author");
      var id = optional(comment, "id");
      var at = time(comment, "created");
      if (id != null && at != null && !who.path("accountType").asText("").equals("app")) {
        var name = optional(who, "displayName");
        var trust = isStaff(who) ? Trust.MEMBER : Trust.OUTSIDER;
        remarks.add(
            new Remark(
                id,
                new Author(name == null ? "unknown" : name, trust),
                AtlassianText.of(comment.path("body")),
                at,
                ticket == null ? null : URI.create(ticket + "?focusedCommentId=" + id)));
      }
    }
    return remarks;
  }

  private static boolean isStaff(JsonNode user) {
    return user.path("accountType").asText("").equals("atlassian");
  }

  private static Stream<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  static @Nullable Instant time(JsonNode fields, String field) {
    try {
      return OffsetDateTime.parse(fields.path(field).asText(""), TIME).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }
}

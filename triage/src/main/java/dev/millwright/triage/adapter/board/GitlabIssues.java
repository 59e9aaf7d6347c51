package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.Reading.optional;
import static dev.millwright.triage.adapter.board.Reading.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Issue.Blocker;
import dev.millwright.triage.domain.Remark;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Makes tickets of GitLab's issues.
///
/// @param terminal states in which a blocker holds nothing up any more
record GitlabIssues(
    String project, LabelStates states, List<String> terminal, Priorities priorities) {
  static final String OPENED = "opened";
  private static final Pattern BOT = Pattern.compile("(project|group)_\\d+_bot.*");
  static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /// @param writers users who may write to the project
  Issue read(JsonNode record, List<Blocker> blockers, Set<Long> writers) throws MalformedException {
    var iid = required(record, "iid");
    if (!NUMBER.matcher(iid).matches()) {
      throw new MalformedException("'iid' is no number");
    }
    var labels = Reading.labels(labels(record));
    return new Issue(
        new Issue.Ref(iid, "GL-" + iid, Reading.link(record, "web_url"), ids(record)),
        new Issue.Words(
            required(record, "title"), Reading.plain(record, "description"), labels, null),
        states.of(required(record, "state"), labels),
        priorities.among(labels),
        new Issue.Standing(
            blockers.stream().noneMatch(this::holdsUp),
            blockers,
            optional(record.path("assignees").path(0), "username"),
            author(record.path("author"), writers)),
        new Issue.Times(Reading.time(record, "created_at"), Reading.time(record, "updated_at")));
  }

  /// Who wrote it, by GitLab's number; 0 for nobody.
  static long author(JsonNode record) {
    return record.path("author").path("id").asLong(0);
  }

  static Stream<String> labels(JsonNode record) {
    return StreamSupport.stream(record.path("labels").spliterator(), false)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  /// Those of the links that say what has to be done before.
  List<Blocker> blockers(JsonNode links) {
    return StreamSupport.stream(links.spliterator(), false)
        .filter(it -> Reading.plain(it, "link_type").equals("is_blocked_by"))
        .map(this::blocker)
        .toList();
  }

  private Blocker blocker(JsonNode link) {
    var iid = optional(link, "iid");
    var full = Reading.plain(link.path("references"), "full");
    var home = full.equals(project + "#" + iid);
    var state = optional(link, "state");
    return new Blocker(
        home ? iid : null,
        home ? "GL-" + iid : optional(link.path("references"), "full"),
        state == null ? null : states.of(state, Reading.labels(labels(link))));
  }

  boolean holdsUp(Blocker blocker) {
    var state = blocker.state();
    if (state == null) {
      return true;
    }
    return !Issue.folded(state).equals(LabelStates.CLOSED)
        && terminal.stream().noneMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
  }

  private Map<String, String> ids(JsonNode record) {
    var ids = new HashMap<String, String>();
    ids.put("project_path", project);
    for (var name : List.of("id", "iid", "project_id")) {
      var value = optional(record, name);
      if (value != null) {
        ids.put(name, value);
      }
    }
    return ids;
  }

  /// What was said on an issue; a bot of a project or group passes on what somebody else said.
  static List<Remark> remarks(@Nullable URI issue, List<JsonNode> notes, Set<Long> writers) {
    var remarks = new ArrayList<Remark>();
    for (var note : notes) {
      var id = optional(note, "id");
      var at = Reading.time(note, "created_at");
      var author = author(note.path("author"), writers);
      if (id != null && at != null && !BOT.matcher(author.name()).matches()) {
        var url = issue == null ? null : issue.resolve("#note_" + id);
        remarks.add(new Remark(id, author, Reading.plain(note, "body"), at, url));
      }
    }
    return remarks;
  }

  private static Author author(JsonNode author, Set<Long> writers) {
    var name = optional(author, "username");
    var trust = writers.contains(author.path("id").asLong(0)) ? Trust.MEMBER : Trust.OUTSIDER;
    return new Author(name == null ? "ghost" : name, trust);
  }
}

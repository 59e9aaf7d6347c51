package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.Reading.optional;
import static dev.millwright.triage.adapter.board.Reading.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Makes tickets of Asana's tasks: the section that a task has in the board's project is its state.
///
/// @param terminal states in which a ticket is over
record AsanaTasks(String project, List<String> terminal, Priorities priorities) {
  private static final String GID = "\\d{1,30}";

  /// What a record has to bring.
  static final String FIELDS =
      String.join(
          ",",
          "name",
          "notes",
          "completed",
          "resource_subtype",
          "is_rendered_as_separator",
          "permalink_url",
          "created_at",
          "modified_at",
          "created_by.name",
          "assignee.gid",
          "tags.name",
          "memberships.project.gid",
          "memberships.section.name",
          "dependencies.completed",
          "dependencies.memberships.project.gid",
          "dependencies.memberships.section.name",
          "custom_fields.name",
          "custom_fields.number_value",
          "custom_fields.enum_value.name");

  /// Whether a task is in the board's project.
  boolean isOurs(JsonNode task) {
    return section(task).isObject();
  }

  Issue read(JsonNode task) throws MalformedException {
    var gid = required(task, "gid");
    var section = section(task);
    if (!gid.matches(GID)) {
      throw new MalformedException("'gid' is no number");
    }
    var state = required(section, "name");
    var sectionGid = optional(section, "gid");
    var blockers = new ArrayList<Issue.Blocker>();
    var free = true;
    for (var other : task.path("dependencies")) {
      var its = blocker(other);
      blockers.add(its);
      free &= isOver(other, its.state());
    }
    return new Issue(
        new Issue.Ref(
            gid,
            "ASANA-" + gid,
            Reading.link(task, "permalink_url"),
            Map.of(
                "task_gid", gid,
                "project_gid", project,
                "section_gid", sectionGid == null ? "" : sectionGid)),
        new Issue.Words(
            required(task, "name"),
            Reading.plain(task, "notes"),
            Reading.labels(
                StreamSupport.stream(task.path("tags").spliterator(), false)
                    .map(it -> Reading.plain(it, "name"))),
            null),
        state,
        priority(task.path("custom_fields")),
        new Issue.Standing(
            free && isWork(task), blockers, optional(task.path("assignee"), "gid"), author(task)),
        new Issue.Times(Reading.time(task, "created_at"), Reading.time(task, "modified_at")));
  }

  /// A finished task is no work, wherever it was left; a row that is a headline never was.
  private static boolean isWork(JsonNode task) {
    return !task.path("completed").asBoolean(false)
        && !task.path("is_rendered_as_separator").asBoolean(false)
        && !Reading.plain(task, "resource_subtype").equals("section");
  }

  private Issue.Blocker blocker(JsonNode other) {
    var gid = optional(other, "gid");
    var state = optional(section(other), "name");
    return new Issue.Blocker(gid, gid == null ? null : "ASANA-" + gid, state);
  }

  private boolean isOver(JsonNode other, @Nullable String state) {
    var over =
        state != null
            && terminal.stream().anyMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
    return over || other.path("completed").asBoolean(false);
  }

  /// The section of the one membership that is the project's; a missing node if there is none.
  private JsonNode section(JsonNode task) {
    for (var membership : task.path("memberships")) {
      if (membership.path("project").path("gid").asText("").equals(project)) {
        return membership.path("section");
      }
    }
    return MissingNode.getInstance();
  }

  private int priority(JsonNode customFields) {
    for (var field : customFields) {
      if (Issue.folded(Reading.plain(field, "name")).equals("priority")) {
        var number = field.path("number_value").asInt(0);
        return number >= 1 && number <= 4
            ? number
            : priorities.of(Reading.plain(field.path("enum_value"), "name"));
      }
    }
    return 0;
  }

  /// Whoever has an account that may write here; a task without one came from somewhere else.
  static Author author(JsonNode task) {
    var name = optional(task.path("created_by"), "name");
    return name == null ? new Author("unknown", Trust.OUTSIDER) : new Author(name, Trust.MEMBER);
  }
}

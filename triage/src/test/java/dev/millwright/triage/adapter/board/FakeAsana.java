package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asana with one project, as its documentation describes it: of a record, only the fields asked
/// for are answered.
final class FakeAsana extends FakeRest {
  static final String PROJECT = "1200000000000001";
  static final String TOKEN = "2/1199999999999999/1200:the-token";
  static final int PER_PAGE = 10;
  static final String ACCOUNT = "1100000000000001";

  private final Networks.Hands clock;
  private final Map<String, String> sections = new LinkedHashMap<>();
  private final Map<String, ObjectNode> tasks = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> stories = new LinkedHashMap<>();
  private long next = 1_300_000_000_000_000L;

  FakeAsana(Networks.Hands clock) {
    super(Description.of("asana.json"));
    this.clock = clock;
    List.of("To do", "In progress", "Review", "Done").forEach(this::section);
  }

  void section(String name) {
    sections.put(gid(), name);
  }

  void renameSection(String from, String to) {
    sections.replaceAll((_, name) -> name.equals(from) ? to : name);
  }

  /// A new task.
  String task(String name, String section) {
    clock.pass(Duration.ofSeconds(5));
    var gid = gid();
    var task = object().put("gid", gid).put("resource_type", "task").put("name", name);
    task.put("notes", "").put("completed", false).put("resource_subtype", "default_task");
    task.put("is_rendered_as_separator", false);
    task.put("permalink_url", "https://app.asana.com/0/" + PROJECT + "/" + gid);
    task.put("created_at", clock.instant().toString());
    task.set("created_by", user("1100000000000002", "Ada"));
    task.putNull("assignee").putArray("tags");
    task.putArray("dependencies");
    task.putArray("custom_fields");
    tasks.put(gid, task);
    stories.put(gid, new ArrayList<>());
    place(gid, section);
    return gid;
  }

  void place(String task, String section) {
    var membership = in(tasks, task).putArray("memberships").addObject();
    membership.putObject("project").put("gid", PROJECT);
    membership.put("section gid", sectionGid(section));
    touch(task);
  }

  void touch(String task) {
    clock.pass(Duration.ofSeconds(1));
    in(tasks, task).put("modified_at", clock.instant().toString());
  }

  ObjectNode task(String gid) {
    return in(tasks, gid);
  }

  void delete(String task) {
    tasks.remove(task);
    stories.remove(task);
  }

  String sectionOf(String task) {
    return sections.getOrDefault(task(task).at("/memberships/0/section gid").asText(), "");
  }

  void block(String blocker, String blocked) {
    in(tasks, blocked).withArray("dependencies").addObject().put("gid", blocker);
  }

  List<ObjectNode> stories(String task) {
    return in(stories, task);
  }

  ObjectNode say(String task, String account, String text) {
    var story = object().put("gid", gid()).put("resource_type", "story").put("text", text);
    story.put("resource_subtype", "comment_added");
    story.set("created_by", user(account, "Somebody"));
    in(stories, task).add(story);
    touch(task);
    story.set("created_at", in(tasks, task).get("modified_at"));
    return story;
  }

  static ObjectNode user(String gid, String name) {
    return object().put("gid", gid).put("resource_type", "user").put("name", name);
  }

  private String gid() {
    return String.valueOf(next++);
  }

  private String sectionGid(String name) {
    return sections.entrySet().stream()
        .filter(it -> it.getValue().equals(name))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Override
  Response answer(Request it) {
    if (!("Bearer " + TOKEN).equals(it.asked().header("Authorization"))) {
      return fault(401, "Not Authorized");
    }
    if (!it.asked().path().startsWith("/api/1.0/")) {
      return fault(404, "No such path");
    }
    var at = it.segments().subList(2, it.segments().size());
    var id = at.size() > 1 ? at.get(1) : "";
    return switch (it.asked().method()
        + " "
        + at.getFirst()
        + (at.size() > 2 ? "/" + at.get(2) : "")) {
      case "GET users" -> data(200, user(ACCOUNT, "Factory"));
      case "GET projects" ->
          id.equals(PROJECT)
              ? data(200, object().put("gid", PROJECT).put("name", "Orders"))
              : gone();
      case "GET projects/sections" -> id.equals(PROJECT) ? listed(it, sectionRecords()) : gone();
      case "GET tasks" -> id.isEmpty() ? listed(it, found(it)) : one(it, tasks.get(id));
      case "GET tasks/stories" -> stories.containsKey(id) ? listed(it, in(stories, id)) : gone();
      case "POST tasks/stories" ->
          stories.containsKey(id)
              ? data(201, say(id, ACCOUNT, it.sent().at("/data/text").asText()))
              : gone();
      case "PUT stories" -> edit(id, it.sent().at("/data/text").asText());
      case "POST sections/addTask" -> add(id, it.sent().at("/data/task").asText());
      default -> fault(404, "No such path");
    };
  }

  private List<ObjectNode> sectionRecords() {
    return sections.entrySet().stream()
        .map(it -> object().put("gid", it.getKey()).put("name", it.getValue()))
        .toList();
  }

  private List<ObjectNode> found(Request it) {
    return tasks.values().stream()
        .filter(task -> it.query().containsKey("project") || it.query().containsKey("section"))
        .filter(task -> isIn(task, it.first("section", "")))
        .filter(task -> !before(task, "modified_at", it.first("modified_since", "")))
        .filter(task ->
            !task.path("completed").asBoolean()
                || !before(task, "completed_at", it.first("completed_since", "")))
        .toList();
  }

  private static boolean isIn(JsonNode task, String section) {
    return section.isEmpty() || task.at("/memberships/0/section gid").asText().equals(section);
  }

  private static boolean before(JsonNode task, String field, String since) {
    return !since.isEmpty()
        && Instant.parse(task.path(field).asText("2000-01-01T00:00:00Z"))
            .isBefore(Instant.parse(since));
  }

  private Response one(Request it, @Nullable ObjectNode task) {
    return task == null ? gone() : data(200, shown(whole(task), it.first("opt_fields", "name")));
  }

  private Response listed(Request it, List<ObjectNode> all) {
    var from =
        it.first("offset", "").isEmpty()
            ? 0
            : Integer.parseInt(it.first("offset", "").substring(4));
    var to =
        Math.min(all.size(), from + Math.min(PER_PAGE, Integer.parseInt(it.first("limit", "100"))));
    var answer = object();
    var fields = it.first("opt_fields", "name");
    answer.set(
        "data",
        array(all.subList(from, to).stream().map(record -> shown(whole(record), fields)).toList()));
    if (to < all.size()) {
      answer
          .putObject("next_page")
          .put("offset", "eyJ0" + to)
          .put("path", "/x")
          .put("uri", "https://x");
    } else {
      answer.putNull("next_page");
    }
    return Response.of(200, answer);
  }

  /// With what it refers to.
  private ObjectNode whole(ObjectNode record) {
    var whole = record.deepCopy();
    for (var membership : whole.path("memberships")) {
      if (membership.has("section gid")) {
        var gid = ((ObjectNode) membership).remove("section gid").asText();
        ((ObjectNode) membership)
            .putObject("section")
            .put("gid", gid)
            .put("name", sections.get(gid));
      }
    }
    for (var other : whole.path("dependencies")) {
      var task = tasks.get(other.path("gid").asText());
      if (task != null) {
        var its = whole(task.deepCopy().without("dependencies"));
        ((ObjectNode) other).setAll(its);
      }
    }
    return whole;
  }

  private static ObjectNode shown(ObjectNode record, String fields) {
    var shown = object();
    keep(record, shown, Arrays.stream(fields.split(",")).toList());
    return shown;
  }

  private static void keep(ObjectNode from, ObjectNode to, List<String> fields) {
    for (var name : List.of("gid", "resource_type")) {
      if (from.has(name)) {
        to.set(name, from.get(name));
      }
    }
    for (var field : fields) {
      var parts = field.split("\\.", 2);
      var value = from.get(parts[0]);
      var rest = parts.length == 2 ? List.of(parts[1]) : List.<String>of();
      if (value instanceof ObjectNode object) {
        keep(object, to.withObjectProperty(parts[0]), rest);
      } else if (value != null && value.isArray()) {
        var target = to.withArray(parts[0]);
        for (int at = 0; at < value.size(); at++) {
          if (target.size() <= at) {
            target.addObject();
          }
          keep((ObjectNode) value.get(at), (ObjectNode) target.get(at), rest);
        }
      } else if (value != null) {
        to.set(parts[0], value);
      }
    }
  }

  private Response edit(String id, String text) {
    for (var entry : stories.entrySet()) {
      for (var story : entry.getValue()) {
        if (story.path("gid").asText().equals(id)) {
          if (!story.at("/created_by/gid").asText().equals(ACCOUNT)) {
            return fault(403, "Forbidden");
          }
          touch(entry.getKey());
          return data(200, story.put("text", text));
        }
      }
    }
    return gone();
  }

  private Response add(String section, String task) {
    if (!sections.containsKey(section) || !tasks.containsKey(task)) {
      return gone();
    }
    place(task, sections.get(section));
    return data(200, object());
  }

  private static Response data(int status, ObjectNode data) {
    return Response.of(status, object().set("data", data));
  }

  private static Response gone() {
    return fault(404, "Not a recognized ID");
  }

  private static Response fault(int status, String message) {
    var body = object();
    body.putArray("errors").addObject().put("message", message);
    return Response.of(status, body);
  }
}

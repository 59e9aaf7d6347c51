package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Jira Cloud with one project, as its documentation describes it: searches are parsed, and only
/// the fields asked for are answered.
final class FakeJira extends FakeRest {
  static final String EMAIL = "factory@acme.example";
  static final String TOKEN = "ATATT3xFfGF0-the-token";
  static final String BASIC =
      Base64.getEncoder().encodeToString((EMAIL + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
  static final int PER_PAGE = 10;
  static final String ACCOUNT = "5b10a2844c20165700ede21g";

  /// Whoever owns the token reads times like this, as Jira shows them.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneId.of("Asia/Kolkata"));

  private final Networks.Hands clock;
  private final Map<String, String> categories = new LinkedHashMap<>();
  private final Map<String, List<String>> ways = new LinkedHashMap<>();
  private final Map<String, ObjectNode> issues = new LinkedHashMap<>();
  private final Map<String, Instant> updated = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> comments = new LinkedHashMap<>();
  private final Map<String, Map<String, ObjectNode>> links = new LinkedHashMap<>();
  private final String project;
  private int nextId = 10_000;

  FakeJira(String project, Networks.Hands clock) {
    super(Description.of("jira.json"), Description.of("jira-search.json"));
    this.project = project;
    this.clock = clock;
    status("To Do", "new");
    status("In Progress", "indeterminate");
    status("In Review", "indeterminate");
    status("Done", "done");
  }

  /// A status that every other leads to.
  void status(String name, String category) {
    categories.put(name, category);
  }

  void forgetStatus(String name) {
    categories.remove(name);
  }

  /// From here on only these ways lead out of a status.
  void onlyWays(String from, String... to) {
    ways.put(from, List.of(to));
  }

  /// A new ticket, a minute after the last one.
  String issue(String summary, String status) {
    var id = String.valueOf(nextId++);
    var key = project + "-" + (issues.size() + 1);
    var issue =
        object().put("id", id).put("key", key).put("self", address() + "/rest/api/3/issue/" + id);
    var fields = issue.putObject("fields");
    fields.put("summary", summary).putNull("description");
    fields.set("status", status(status));
    fields.putObject("priority").put("name", "Medium").put("id", "3");
    fields.putArray("labels");
    fields.putNull("assignee");
    fields.set("creator", user("Ada", "atlassian"));
    fields.set("reporter", user("Ada", "atlassian"));
    fields.putArray("issuelinks");
    fields.putObject("project").put("key", project).put("id", "1");
    clock.pass(Duration.ofMinutes(1));
    fields.put("created", TIME.format(clock.instant()));
    fields.put("secret field nobody asked for", true);
    issues.put(id, issue);
    comments.put(id, new ArrayList<>());
    links.put(id, new LinkedHashMap<>());
    touch(id);
    return id;
  }

  void touch(String id) {
    clock.pass(Duration.ofSeconds(1));
    updated.put(id, clock.instant());
    fields(id).put("updated", TIME.format(clock.instant()));
  }

  ObjectNode fields(String id) {
    return (ObjectNode) in(issues, id).path("fields");
  }

  void setStatus(String id, String status) {
    fields(id).set("status", status(status));
    touch(id);
  }

  void delete(String id) {
    issues.remove(id);
    comments.remove(id);
    links.remove(id);
  }

  String statusOf(String id) {
    return fields(id).at("/status/name").asText();
  }

  /// `blocker` blocks `blocked`.
  void block(String blocker, String blocked) {
    link(blocked, "inwardIssue", blocker);
    link(blocker, "outwardIssue", blocked);
  }

  private void link(String on, String side, String other) {
    var link = fields(on).withArray("issuelinks").addObject().put("id", "9");
    link.putObject("type")
        .put("name", "Blocks")
        .put("inward", "is blocked by")
        .put("outward", "blocks");
    var there =
        link.putObject(side).put("id", other).put("key", in(issues, other).path("key").asText());
    there.putObject("fields").put("summary", "another").set("status", fields(other).path("status"));
  }

  List<ObjectNode> comments(String id) {
    return in(comments, id);
  }

  Map<String, ObjectNode> links(String id) {
    return in(links, id);
  }

  static ObjectNode user(String name, String type) {
    return object()
        .put("accountId", "id-of-" + name)
        .put("accountType", type)
        .put("displayName", name)
        .put("active", true);
  }

  private ObjectNode status(String name) {
    var status = object().put("name", name).put("id", String.valueOf(name.hashCode() & 0xffff));
    status.putObject("statusCategory").put("key", categories.get(name)).put("id", 2);
    return status;
  }

  @Override
  Response answer(Request it) {
    if (!("Basic " + BASIC).equals(it.asked().header("Authorization"))) {
      return Response.fault(401, "Client must be authenticated to access this resource.");
    }
    var path = String.join("/", it.segments()).replaceFirst("^rest/api/3/", "");
    return switch (it.asked().method()
        + " "
        + path.replaceAll("(?<=issue/)\\d+(?=/)", "ID").replaceAll("(?<=comment/).+", "ID")) {
      case "GET myself" ->
          Response.of(
              200,
              user("Factory", "atlassian")
                  .put("accountId", ACCOUNT)
                  .put("timeZone", "Asia/Kolkata"));
      case "POST search/jql" -> search(it.sent());
      case "POST issue/bulkfetch" -> bulk(it.sent());
      case "GET issue/ID/comment" -> listComments(it);
      case "POST issue/ID/comment" -> addComment(it);
      case "PUT issue/ID/comment/ID" -> editComment(it);
      case "GET issue/ID/transitions" -> listWays(it.segments().get(4));
      case "POST issue/ID/transitions" -> go(it);
      case "POST issue/ID/remotelink" -> addLink(it);
      default ->
          path.equals("project/" + project)
              ? Response.of(200, object().put("key", project).put("id", "1"))
              : path.equals("project/" + project + "/statuses")
                  ? statuses()
                  : Response.fault(404, "no such thing");
    };
  }

  private Response search(JsonNode body) {
    var asked = JqlQuestion.parse(body.path("jql").asText(), project);
    if (asked.isEmpty()) {
      return Response.fault(400, "Error in the JQL Query");
    }
    var question = asked.get();
    for (var state : question.states()) {
      if (!categories.containsKey(state)) {
        return Response.fault(
            400, "The value '" + state + "' does not exist for the field 'status'.");
      }
    }
    Predicate<ObjectNode> fits =
        issue ->
            (question.states().isEmpty()
                    || question.states().contains(issue.at("/fields/status/name").asText()))
                && (question.minutes() < 0
                    || !in(updated, issue.path("id").asText()).isBefore(since(question.minutes())))
                && issue.at("/fields/project/key").asText(project).equals(project);
    var all = issues.values().stream().filter(fits).sorted(order(question)).toList();
    var from =
        body.path("nextPageToken").asText("").isEmpty()
            ? 0
            : Integer.parseInt(body.path("nextPageToken").asText().substring(1));
    var to = Math.min(all.size(), from + Math.min(PER_PAGE, body.path("maxResults").asInt(50)));
    var answer = object();
    answer.set(
        "issues",
        array(all.subList(from, to).stream().map(it -> shown(it, body.path("fields"))).toList()));
    answer.put("isLast", to == all.size());
    if (to < all.size()) {
      answer.put("nextPageToken", "t" + to);
    }
    return Response.of(200, answer);
  }

  /// Jira looks only at whole minutes.
  private Instant since(int minutes) {
    return clock.instant().minus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.MINUTES);
  }

  private Comparator<ObjectNode> order(JqlQuestion question) {
    Comparator<ObjectNode> order =
        question.order().startsWith("updated")
            ? Comparator.comparing(it -> in(updated, it.path("id").asText()))
            : Comparator.comparingInt(it -> it.path("id").asInt());
    return question.order().endsWith("DESC") ? order.reversed() : order;
  }

  private Response bulk(JsonNode body) {
    var found = new ArrayList<ObjectNode>();
    var errors = JSON.arrayNode();
    for (var id : body.path("issueIdsOrKeys")) {
      issues.values().stream()
          .filter(it ->
              it.path("id").asText().equals(id.asText())
                  || it.path("key").asText().equals(id.asText()))
          .findFirst()
          .ifPresentOrElse(
              it -> found.addFirst(shown(it, body.path("fields"))),
              () -> errors.addObject().put("id", id.asText()));
    }
    var answer = object();
    answer.set("issues", array(found));
    answer.set("issueErrors", errors);
    return Response.of(200, answer);
  }

  private static ObjectNode shown(ObjectNode issue, JsonNode wanted) {
    var names = new ArrayList<String>();
    wanted.forEach(it -> names.add(it.asText()));
    var shown = issue.deepCopy();
    ((ObjectNode) shown.path("fields")).retain(names);
    return shown;
  }

  private Response listComments(Request it) {
    var all = new ArrayList<>(comments.getOrDefault(it.segments().get(4), List.of()));
    var start = Integer.parseInt(it.first("startAt", "0"));
    var most = Math.min(PER_PAGE, Integer.parseInt(it.first("maxResults", "5000")));
    var ordered = it.first("orderBy", "created").equals("-created") ? all.reversed() : all;
    var page = ordered.subList(Math.min(start, all.size()), Math.min(start + most, all.size()));
    var shown = page.stream().map(ObjectNode::deepCopy).toList();
    if (!it.first("expand", "").equals("properties")) {
      shown.forEach(comment -> comment.remove("properties"));
    }
    var answer = object().put("startAt", start).put("maxResults", most).put("total", all.size());
    answer.set("comments", array(shown));
    return Response.of(200, answer);
  }

  private Response addComment(Request it) {
    var all = comments.get(it.segments().get(4));
    if (all == null) {
      return Response.fault(404, "Issue does not exist or you do not have permission to see it.");
    }
    return Response.of(201, addComment(it.segments().get(4), ACCOUNT, it.sent()));
  }

  /// What somebody else says.
  ObjectNode addComment(String id, String account, JsonNode sent) {
    var comment = sent.<ObjectNode>deepCopy().put("id", String.valueOf(nextId++));
    comment
        .putObject("author")
        .put("accountId", account)
        .put("accountType", account.startsWith("customer") ? "customer" : "atlassian")
        .put("displayName", account);
    in(comments, id).add(comment);
    touch(id);
    comment.set("created", fields(id).get("updated"));
    return comment;
  }

  private Response editComment(Request it) {
    var comment =
        comments.getOrDefault(it.segments().get(4), List.of()).stream()
            .filter(one -> one.path("id").asText().equals(it.segments().getLast()))
            .findFirst();
    if (comment.isEmpty()) {
      return Response.fault(404, "no such comment");
    }
    if (!comment.get().at("/author/accountId").asText().equals(ACCOUNT)) {
      return Response.fault(400, "You do not have permission to edit this comment");
    }
    comment.get().setAll((ObjectNode) it.sent());
    touch(it.segments().get(4));
    return Response.of(200, comment.get());
  }

  private Response listWays(String id) {
    var here = fields(id).at("/status/name").asText();
    var answer = object();
    var all = answer.putArray("transitions");
    for (var to : ways.getOrDefault(here, List.copyOf(categories.keySet()))) {
      var way =
          all.addObject()
              .put("id", way(to))
              .put("name", "go to " + to)
              .put("hasScreen", false)
              .put("isAvailable", true);
      way.set("to", status(to));
    }
    return Response.of(200, answer);
  }

  private String way(String to) {
    return String.valueOf(100 + List.copyOf(categories.keySet()).indexOf(to));
  }

  private Response go(Request it) {
    var id = it.segments().get(4);
    var here = fields(id).at("/status/name").asText();
    for (var to : ways.getOrDefault(here, List.copyOf(categories.keySet()))) {
      if (way(to).equals(it.sent().at("/transition/id").asText())) {
        setStatus(id, to);
        return Response.of(204, null);
      }
    }
    return Response.fault(
        400, "It seems that you have tried to perform an illegal workflow operation.");
  }

  private Response addLink(Request it) {
    var known = links.get(it.segments().get(4));
    if (known == null) {
      return Response.fault(404, "Issue does not exist or you do not have permission to see it.");
    }
    var global = it.sent().path("globalId").asText();
    var isNew = !known.containsKey(global);
    known.put(global, (ObjectNode) it.sent());
    return Response.of(
        isNew ? 201 : 200, object().put("id", known.size()).put("self", address().toString()));
  }

  private Response statuses() {
    var type = object().put("id", "3").put("name", "Task").put("subtask", false).put("self", "x");
    ArrayNode all = type.putArray("statuses");
    categories.keySet().forEach(it -> all.add(status(it)));
    return Response.of(200, array(List.of(type)));
  }
}

package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// GitLab with one project, as its documentation describes version 4 of the interface.
final class FakeGitlab extends FakeRest {
  static final String PROJECT = "acme/web/orders";
  static final String TOKEN = "glpat-the-token";
  static final int ACCOUNT = 7;

  private final Networks.Hands clock;
  private final Map<Integer, ObjectNode> issues = new LinkedHashMap<>();
  private final Map<Integer, List<ObjectNode>> notes = new LinkedHashMap<>();
  private final Map<Integer, List<Integer>> blockers = new LinkedHashMap<>();
  private final Map<Integer, Integer> levels = new LinkedHashMap<>();
  private int nextNote = 300;

  FakeGitlab(Networks.Hands clock) {
    super(Description.of("gitlab.json"));
    this.clock = clock;
    levels.put(1, 30);
  }

  /// A new issue, by the developer with number 1.
  String issue(String title, String... labels) {
    var iid = issues.size() + 1;
    var issue = object().put("id", 9000 + iid).put("iid", iid).put("project_id", 4);
    issue
        .put("title", title)
        .put("description", "Because of " + title + ".")
        .put("state", "opened");
    issue.set("labels", array(Arrays.stream(labels).map(JSON::textNode).toList()));
    issue.set("author", user(1));
    issue.putArray("assignees");
    issue.put("web_url", "https://gitlab.com/" + PROJECT + "/-/issues/" + iid);
    issue.putObject("references").put("short", "#" + iid).put("full", PROJECT + "#" + iid);
    issue.put("weight", 9);
    issues.put(iid, issue);
    notes.put(iid, new ArrayList<>());
    touch(String.valueOf(iid));
    issue.put("created_at", issue.path("updated_at").asText());
    return String.valueOf(iid);
  }

  ObjectNode issue(int iid) {
    return in(issues, iid);
  }

  void touch(String iid) {
    clock.pass(Duration.ofSeconds(1));
    in(issues, Integer.parseInt(iid)).put("updated_at", clock.instant().toString());
  }

  void close(String iid) {
    in(issues, Integer.parseInt(iid)).put("state", "closed");
    touch(iid);
  }

  void delete(String iid) {
    issues.remove(Integer.parseInt(iid));
  }

  void block(String blocker, String blocked) {
    blockers
        .computeIfAbsent(Integer.parseInt(blocked), _ -> new ArrayList<>())
        .add(Integer.parseInt(blocker));
  }

  /// Guest is 10, reporter 20, developer 30.
  void member(int user, int level) {
    levels.put(user, level);
  }

  List<ObjectNode> notes(String iid) {
    return in(notes, Integer.parseInt(iid));
  }

  ObjectNode note(String iid, int user, String body) {
    var note = object().put("id", nextNote++).put("body", body).put("system", false);
    note.set("author", user(user));
    notes(iid).add(note);
    touch(iid);
    note.set("created_at", issue(Integer.parseInt(iid)).get("updated_at"));
    return note;
  }

  List<String> labels(String iid) {
    var labels = new ArrayList<String>();
    issue(Integer.parseInt(iid)).path("labels").forEach(it -> labels.add(it.asText()));
    return labels;
  }

  static ObjectNode user(int id) {
    return object().put("id", id).put("username", "user" + id).put("name", "User " + id);
  }

  @Override
  Response answer(Request it) {
    if (!TOKEN.equals(it.asked().header("Private-token"))) {
      return Response.fault(401, "401 Unauthorized");
    }
    var at = it.segments();
    if (at.size() < 3 || !at.get(0).equals("api") || !at.get(1).equals("v4")) {
      return Response.fault(404, "404 Not Found");
    }
    if (at.get(2).equals("user")) {
      return Response.of(200, user(ACCOUNT));
    }
    if (at.size() < 4 || !at.get(3).equals(PROJECT)) {
      return Response.fault(404, "404 Project Not Found");
    }
    if (at.size() == 4) {
      return Response.of(200, object().put("id", 4).put("path_with_namespace", PROJECT));
    }
    var what = it.asked().method() + " " + String.join("/", at.subList(4, at.size()));
    if (what.equals("GET members/all")) {
      return Response.of(200, members(it));
    }
    if (what.equals("GET issues")) {
      return list(it);
    }
    var iid = at.size() > 5 ? Integer.parseInt(at.get(5)) : 0;
    if (!issues.containsKey(iid)) {
      return Response.fault(404, "404 Not found");
    }
    return switch (what.replaceFirst("issues/\\d+", "ID").replaceFirst("notes/\\d+", "notes/ID")) {
      case "PUT ID" -> change(iid, it.sent());
      case "GET ID/links" -> links(iid);
      case "GET ID/notes" ->
          page(
              it,
              it.first("sort", "desc").equals("asc") ? in(notes, iid) : in(notes, iid).reversed());
      case "POST ID/notes" ->
          said(201, note(String.valueOf(iid), ACCOUNT, it.sent().path("body").asText()));
      case "PUT ID/notes/ID" ->
          edit(iid, Integer.parseInt(at.getLast()), it.sent().path("body").asText());
      default -> Response.fault(404, "404 Not Found");
    };
  }

  private JsonNode members(Request it) {
    var wanted = it.query().getOrDefault("user_ids[]", List.of());
    return array(
        levels.entrySet().stream()
            .filter(one -> wanted.contains(String.valueOf(one.getKey())))
            .map(one -> user(one.getKey()).put("access_level", one.getValue()))
            .toList());
  }

  private Response list(Request it) {
    var state = it.first("state", "all");
    var label = it.first("labels", "");
    var iids = it.query().getOrDefault("iids[]", List.of());
    var since = Instant.parse(it.first("updated_after", "1970-01-01T00:00:00Z"));
    Comparator<ObjectNode> order =
        Comparator.comparing(one -> one.path(it.first("order_by", "created_at")).asText());
    var found =
        issues.values().stream()
            .filter(one -> state.equals("all") || one.path("state").asText().equals(state))
            .filter(one -> label.isEmpty() || labels(one.path("iid").asText()).contains(label))
            .filter(one -> iids.isEmpty() || iids.contains(one.path("iid").asText()))
            .filter(one -> !Instant.parse(one.path("updated_at").asText()).isBefore(since))
            .sorted(it.first("sort", "desc").equals("asc") ? order : order.reversed())
            .toList();
    return page(it, found);
  }

  private static Response page(Request it, List<ObjectNode> all) {
    var size = it.number("per_page", 20);
    var from = Math.min(all.size(), (it.number("page", 1) - 1) * size);
    return Response.of(200, array(all.subList(from, Math.min(all.size(), from + size))));
  }

  private Response links(int iid) {
    return Response.of(
        200,
        array(
            blockers.getOrDefault(iid, List.of()).stream()
                .map(it ->
                    in(issues, it)
                        .deepCopy()
                        .put("issue_link_id", it)
                        .put("link_type", "is_blocked_by"))
                .toList()));
  }

  private Response change(int iid, JsonNode sent) {
    var issue = in(issues, iid);
    switch (sent.path("state_event").asText()) {
      case "close" -> issue.put("state", "closed");
      case "reopen" -> issue.put("state", "opened");
      default -> {}
    }
    Set<String> labels = new LinkedHashSet<>(labels(String.valueOf(iid)));
    labels.removeAll(List.of(sent.path("remove_labels").asText().split(",")));
    if (sent.has("add_labels")) {
      labels.addAll(List.of(sent.path("add_labels").asText().split(",")));
    }
    issue.set("labels", array(labels.stream().map(JSON::textNode).toList()));
    touch(String.valueOf(iid));
    return Response.of(200, issue);
  }

  /// GitLab carries out lines that look like its commands, and so must none of ours.
  private Response said(int status, ObjectNode note) {
    note.path("body")
        .asText()
        .lines()
        .filter(it -> it.matches("\\s*/\\p{Alpha}.*"))
        .forEach(it -> mistakes.add("a note that gives a command: " + it));
    return Response.of(status, note);
  }

  private Response edit(int iid, int id, String body) {
    for (var note : in(notes, iid)) {
      if (note.path("id").asInt() == id) {
        if (note.path("author").path("id").asInt() != ACCOUNT) {
          return Response.fault(403, "403 Forbidden");
        }
        touch(String.valueOf(iid));
        return said(200, note.put("body", body));
      }
    }
    return Response.fault(404, "404 Not found");
  }
}

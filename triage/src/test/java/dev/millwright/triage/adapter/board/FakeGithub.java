package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.Json;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// GitHub's interfaces for the issues of one repository. Every question and every answer of it is
/// held against GitHub's published descriptions; what does not fit is kept for the test to see.
final class FakeGithub extends FakeTracker {
  static final String REPO = "acme/orders";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Description DESCRIPTION = Description.of("github.json");

  private final GraphQL engine =
      TrimmedSchema.engine(
          "github.graphql",
          wiring ->
              wiring
                  .type(
                      TypeRuntimeWiring.newTypeWiring("Query")
                          .dataFetcher("repository", _ -> Map.of("name", "orders")))
                  .type(
                      TypeRuntimeWiring.newTypeWiring("Repository")
                          .dataFetcher("issue", this::issueOf))
                  .type(
                      TypeRuntimeWiring.newTypeWiring("Issue")
                          .dataFetcher("comments", this::commentsOf)));

  private final Map<Integer, ObjectNode> issues = new LinkedHashMap<>();
  private final Map<Integer, List<Integer>> blockers = new LinkedHashMap<>();
  private final List<Comment> comments = new ArrayList<>();
  private final List<String> misfits = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-01-05T08:00:00Z");
  private String repo = REPO;

  /// What did not fit the published descriptions.
  List<String> misfits() {
    return List.copyOf(misfits);
  }

  synchronized int issue(String title, String state, String... labels) {
    var number = issues.size() + 1;
    var issue = MAPPER.createObjectNode();
    var home = "https://api.github.com/repos/" + repo;
    var self = home + "/issues/" + number;
    issue.put("id", 9_000_000_000L + number);
    issue.put("node_id", "I_" + number);
    issue.put("url", self);
    issue.put("repository_url", home);
    issue.put("labels_url", self + "/labels{/name}");
    issue.put("comments_url", self + "/comments");
    issue.put("events_url", self + "/events");
    issue.put("html_url", "https://github.com/" + repo + "/issues/" + number);
    issue.put("number", number);
    issue.put("state", state);
    issue.put("title", title);
    issue.put("body", "Because of **" + title + "**.");
    issue.set("user", user("ada"));
    issue.put("author_association", "MEMBER");
    issue.putNull("assignee");
    issue.putNull("milestone");
    issue.put("locked", false);
    issue.put("comments", 0);
    issue.putNull("closed_at");
    issue.put("created_at", tick());
    issue.put("updated_at", now.toString());
    label(issue, labels);
    dependencies(issue, 0);
    issues.put(number, issue);
    return number;
  }

  /// One of many issues that were written in the same second.
  synchronized int issueAtOnce(String title) {
    var before = now;
    var number = issue(title, "open");
    now = before;
    issueOf(number).put("created_at", now.toString()).put("updated_at", now.toString());
    return number;
  }

  synchronized void change(int number, String field, JsonNode value) {
    issueOf(number).set(field, value);
    touch(number);
  }

  synchronized void change(int number, String field, String value) {
    change(number, field, MAPPER.getNodeFactory().textNode(value));
  }

  synchronized void pullRequest(int number) {
    var address = "https://api.github.com/repos/" + repo + "/pulls/" + number;
    var pull = MAPPER.createObjectNode();
    pull.put("url", address).put("html_url", address);
    pull.put("diff_url", address).put("patch_url", address);
    change(number, "pull_request", pull);
  }

  synchronized void blocked(int number, List<Integer> by) {
    blockers.put(number, by);
    touch(number);
  }

  /// It is deleted.
  synchronized void delete(int number) {
    issues.remove(number);
  }

  /// The repository, and everything in it, has another name now.
  synchronized void rename(String other) {
    repo = other;
    issues
        .values()
        .forEach(it -> it.put("repository_url", "https://api.github.com/repos/" + other));
  }

  /// An issue went to another repository, where it has another number.
  synchronized void transfer(int number, String other, int otherNumber) {
    var issue = issueOf(number);
    issue.put("repository_url", "https://api.github.com/repos/" + other);
    issue.put("number", otherNumber);
  }

  synchronized ObjectNode issueOf(int number) {
    return Objects.requireNonNull(issues.get(number));
  }

  synchronized List<String> labelsOf(int number) {
    return issueOf(number).get("labels").findValuesAsText("name");
  }

  synchronized void say(int number, boolean ours, String body) {
    say(number, ours ? "millwright" : "ada", ours, "MEMBER", body);
  }

  /// Somebody says something, which changes the issue.
  synchronized void say(int number, String login, String association, String body) {
    touch(number);
    say(number, login, false, association, body);
  }

  private void say(int number, String login, boolean ours, String association, String body) {
    var id = 7_000_000_000L + comments.size();
    comments.add(new Comment(id, number, login, ours, association, now.toString(), body));
  }

  private String talk(int number, Map<String, String> asked) {
    var since = Instant.parse(asked.getOrDefault("since", "1970-01-01T00:00:00Z"));
    var found = MAPPER.createArrayNode();
    commentsOn(number).stream()
        .filter(it -> !Instant.parse(it.at()).isBefore(since))
        .map(it -> it.json(repo))
        .skip((Integer.parseInt(asked.getOrDefault("page", "1")) - 1) * 100L)
        .limit(Integer.parseInt(asked.getOrDefault("per_page", "30")))
        .forEach(found::add);
    return found.toString();
  }

  /// All that was said on it was said by somebody else.
  synchronized void disown(int number) {
    comments.replaceAll(it -> it.issue() == number ? it.by("ada") : it);
  }

  synchronized List<Comment> commentsOn(int number) {
    return comments.stream().filter(it -> it.issue() == number).toList();
  }

  @Override
  synchronized Said answer(Asked asked) {
    if (!asked.header("Authorization").equals("Bearer ghp_secret")) {
      return Said.of(401, message("Bad credentials"));
    }
    if (asked.path().equals("/graphql")) {
      return graphql(asked);
    }
    var said = rest(asked);
    if (asked.segments().size() > 3) { // Of a whole repository, only its name is shown here.
      misfits.addAll(DESCRIPTION.mistakes(exchanged(asked, said)));
    }
    return said;
  }

  private static Description.Exchanged exchanged(Asked asked, Said said) {
    var query = new LinkedHashMap<String, List<String>>();
    asked.parameters().forEach((name, value) -> query.put(name, List.of(value)));
    return new Description.Exchanged(
        asked.method(),
        asked.path(),
        query,
        asked.body().isEmpty() ? null : json(asked.body()),
        said.status(),
        few(json(said.body())));
  }

  private Said rest(Asked asked) {
    var path = asked.segments();
    if (path.size() < 3 || !path.get(0).equals("repos")) {
      return notFound();
    }
    if (path.size() == 3) {
      return Said.ok(repository());
    }
    if (path.size() == 4) {
      return Said.ok(list(asked.parameters()));
    }
    if (path.get(4).equals("comments")) {
      return edit(Long.parseLong(path.get(5)), asked);
    }
    var number = Integer.parseInt(path.get(4));
    var issue = issues.get(number);
    if (issue == null) {
      return notFound();
    }
    return switch (asked.method() + " " + String.join("/", path.subList(5, path.size()))) {
      case "GET " -> Said.ok(issue.toString());
      case "PATCH " -> patch(number, asked);
      case "GET dependencies/blocked_by" -> Said.ok(blockersOf(number).toString());
      case "GET comments" -> Said.ok(talk(number, asked.parameters()));
      case "POST comments" -> comment(number, asked);
      case "POST labels" -> addLabel(number, asked);
      default -> asked.method().equals("DELETE") ? removeLabel(number, path.get(6)) : notFound();
    };
  }

  private String list(Map<String, String> asked) {
    var size = Integer.parseInt(asked.getOrDefault("per_page", "30"));
    var page = Integer.parseInt(asked.getOrDefault("page", "1"));
    var state = asked.getOrDefault("state", "open");
    var order =
        asked.getOrDefault("sort", "created").equals("updated") ? "updated_at" : "created_at";
    Predicate<JsonNode> wanted =
        it ->
            (state.equals("all") || it.path("state").asText().equals(state))
                && (!asked.containsKey("since")
                    || !Instant.parse(it.path("updated_at").asText())
                        .isBefore(Instant.parse(asked.get("since"))))
                && (!asked.containsKey("labels")
                    || it.get("labels").findValuesAsText("name").stream()
                        .anyMatch(asked.get("labels")::equalsIgnoreCase));
    var sorted = Comparator.comparing((JsonNode it) -> it.path(order).asText());
    var all = MAPPER.createArrayNode();
    issues.values().stream()
        .filter(wanted)
        .sorted(asked.getOrDefault("direction", "desc").equals("asc") ? sorted : sorted.reversed())
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(all::add);
    return all.toString();
  }

  private ArrayNode blockersOf(int number) {
    var list = MAPPER.createArrayNode();
    blockers.getOrDefault(number, List.of()).forEach(it -> list.add(issueOf(it)));
    return list;
  }

  private Said patch(int number, Asked asked) {
    var state = body(asked).path("state").asText();
    change(number, "state", state);
    if (state.equals("closed")) {
      change(number, "closed_at", now.toString());
    }
    return Said.ok(issueOf(number).toString());
  }

  private Said addLabel(int number, Asked asked) {
    var labels = new ArrayList<>(labelsOf(number));
    body(asked).path("labels").forEach(it -> labels.add(it.asText()));
    label(issueOf(number), labels.stream().distinct().toArray(String[]::new));
    touch(number);
    return Said.ok(issueOf(number).get("labels").toString());
  }

  private Said removeLabel(int number, String label) {
    var labels = new ArrayList<>(labelsOf(number));
    if (!labels.removeIf(label::equalsIgnoreCase)) {
      return notFound();
    }
    label(issueOf(number), labels.toArray(String[]::new));
    touch(number);
    return Said.ok(issueOf(number).get("labels").toString());
  }

  private Said comment(int number, Asked asked) {
    say(number, true, body(asked).path("body").asText());
    touch(number);
    return Said.of(201, comments.getLast().json(repo).toString());
  }

  private Said edit(long id, Asked asked) {
    for (int i = 0; i < comments.size(); i++) {
      var comment = comments.get(i);
      if (comment.id() == id) {
        var body = body(asked).path("body").asText();
        comments.set(i, comment.saying(body));
        touch(comment.issue());
        return Said.ok(comments.get(i).json(repo).toString());
      }
    }
    return notFound();
  }

  private Said graphql(Asked asked) {
    var body = body(asked);
    var type = MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class);
    Map<String, Object> variables = MAPPER.convertValue(body.path("variables"), type);
    var result = engine.execute(it -> it.query(body.path("query").asText()).variables(variables));
    result.getErrors().forEach(it -> misfits.add(it.getMessage()));
    return Said.ok(Json.text(result.toSpecification()));
  }

  private Map<String, Object> issueOf(DataFetchingEnvironment env) {
    return Map.of("number", Objects.requireNonNull(env.getArgument("number")));
  }

  private Map<String, Object> commentsOf(DataFetchingEnvironment env) {
    Map<String, Object> issue = Objects.requireNonNull(env.getSource());
    var all = commentsOn((Integer) Objects.requireNonNull(issue.get("number")));
    int last = env.getArgumentOrDefault("last", 100);
    String before = env.getArgument("before");
    var to = before == null ? all.size() : Integer.parseInt(before);
    var from = Math.max(0, to - last);
    return Map.of(
        "nodes",
        all.subList(from, to).stream()
            .map(it ->
                Map.of(
                    "fullDatabaseId", Long.toString(it.id()),
                    "body", it.body(),
                    "viewerDidAuthor", it.ours()))
            .toList(),
        "pageInfo",
        Map.of("hasPreviousPage", from > 0, "startCursor", Integer.toString(from)));
  }

  /// All of a list are made alike; the first few show whether they are right.
  private static JsonNode few(JsonNode answer) {
    if (answer instanceof ArrayNode list) {
      while (list.size() > 3) {
        list.remove(list.size() - 1);
      }
    }
    return answer;
  }

  private static JsonNode body(Asked asked) {
    return json(asked.body());
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void label(ObjectNode issue, String... labels) {
    var list = issue.putArray("labels");
    for (var label : labels) {
      list.addObject()
          .put("id", label.hashCode() & 0xffff)
          .put("node_id", "L_" + label)
          .put("url", "https://api.github.com/repos/" + REPO + "/labels/x")
          .put("name", label)
          .put("color", "f29513")
          .put("default", false)
          .putNull("description");
    }
  }

  private void touch(int number) {
    var issue = issueOf(number);
    issue.put("updated_at", tick());
    var by = blockers.getOrDefault(number, List.of());
    dependencies(issue, by.size());
    var open = by.stream().filter(it -> issueOf(it).path("state").asText().equals("open")).count();
    ((ObjectNode) issue.get("issue_dependencies_summary")).put("blocked_by", open);
  }

  private static void dependencies(ObjectNode issue, int all) {
    issue
        .putObject("issue_dependencies_summary")
        .put("blocked_by", all)
        .put("total_blocked_by", all)
        .put("blocking", 0)
        .put("total_blocking", 0);
  }

  private String repository() {
    var words = repo.split("/", 2);
    return MAPPER
        .createObjectNode()
        .put("id", 1)
        .put("name", words[1])
        .put("full_name", repo)
        .toString();
  }

  private static ObjectNode user(String login) {
    var user = MAPPER.createObjectNode();
    var self = "https://api.github.com/users/" + login;
    user.put("login", login).put("id", 1).put("node_id", "U_1").put("type", "User");
    user.put("site_admin", false).put("gravatar_id", "").put("url", self).put("avatar_url", self);
    user.put("html_url", "https://github.com/" + login);
    for (var name :
        List.of("followers", "subscriptions", "organizations", "repos", "received_events")) {
      user.put(name + "_url", self + "/" + name);
    }
    for (var name : List.of("following", "gists", "starred", "events")) {
      user.put(name + "_url", self + "/" + name + "{/x}");
    }
    return user;
  }

  private static Said notFound() {
    return Said.of(404, message("Not Found"));
  }

  private static String message(String text) {
    return "{\"message\": \"" + text + "\", \"documentation_url\": \"https://docs.github.com\"}";
  }

  private String tick() {
    now = now.plusSeconds(2);
    return now.toString();
  }

  /// Something said on an issue.
  record Comment(
      long id, int issue, String login, boolean ours, String association, String at, String body) {
    Comment saying(String other) {
      return new Comment(id, issue, login, ours, association, at, other);
    }

    Comment by(String other) {
      return new Comment(id, issue, other, false, association, at, body);
    }

    ObjectNode json(String repo) {
      var self = "https://api.github.com/repos/" + repo + "/issues/comments/" + id;
      var json = MAPPER.createObjectNode();
      json.put("id", id).put("node_id", "C_" + id).put("url", self).put("html_url", self);
      json.put("issue_url", "https://api.github.com/repos/" + repo + "/issues/" + issue);
      json.put("body", body).put("created_at", at);
      json.put("updated_at", at).put("author_association", association);
      json.set("user", user(login).put("type", login.endsWith("[bot]") ? "Bot" : "User"));
      return json;
    }
  }
}

package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Linear's GraphQL interface over its published schema, so that a document that does not fit it is
/// answered with errors, as Linear does.
final class FakeLinear extends FakeTracker {
  static final String PROJECT = "orders-1a2b";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_AT_ONCE = 250;

  private final GraphQL engine =
      TrimmedSchema.engine(
          "linear.graphql",
          wiring ->
              wiring
                  .type(query())
                  .type(mutation())
                  .type(
                      TypeRuntimeWiring.newTypeWiring("Team").dataFetcher("states", this::states)));

  private final Map<String, Map<String, Object>> issues = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> comments = new LinkedHashMap<>();
  private final List<Map<String, Object>> attachments = new ArrayList<>();
  private final List<String> states =
      new ArrayList<>(List.of("Backlog", "Todo", "In Progress", "In Review", "Done", "Canceled"));
  private Instant now = Instant.parse("2026-01-05T08:00:00.000Z");
  @Nullable String viewer = "user-me";

  /// A ticket that is open for everything; change its fields to make it special.
  synchronized Map<String, Object> issue(String title, String state) {
    var number = issues.size() + 1;
    var issue = new LinkedHashMap<String, Object>();
    issue.put("id", String.format("00000000-0000-4000-8000-%012d", number));
    issue.put("identifier", "ABC-" + number);
    issue.put("title", title);
    issue.put("description", "Because of **" + title + "**.");
    issue.put("priority", 2.0);
    issue.put("branchName", "abc-" + number);
    issue.put("url", "https://linear.app/acme/issue/ABC-" + number);
    issue.put("state", Map.of("name", state));
    issue.put("project", PROJECT);
    issue.put("assignee", null);
    issue.put("creator", Map.of("displayName", "ada", "guest", false, "app", false));
    issue.put("labels", Map.of("nodes", List.of(Map.of("name", "Agent"))));
    relations(issue, List.of());
    issue.put("team", Map.of("id", "team"));
    issue.put("createdAt", tick());
    issue.put("updatedAt", issue.get("createdAt"));
    issues.put((String) issue.get("id"), issue);
    return issue;
  }

  /// The id of a new ticket.
  String idOf(String title, String state) {
    return (String) Objects.requireNonNull(issue(title, state).get("id"));
  }

  /// Replaces what stands against a ticket from the other side.
  static void relations(Map<String, Object> issue, List<Map<String, Object>> relations) {
    issue.put(
        "inverseRelations", Map.of("nodes", relations, "pageInfo", Map.of("hasNextPage", false)));
  }

  static Map<String, Object> relation(String type, String identifier, String state) {
    return Map.of(
        "type",
        type,
        "issue",
        Map.of("id", "id-" + identifier, "identifier", identifier, "state", Map.of("name", state)));
  }

  synchronized void change(String id, String field, Object value) {
    var issue = Objects.requireNonNull(issues.get(id));
    issue.put(field, value);
    issue.put("updatedAt", tick());
  }

  synchronized void hide(String id) {
    change(id, "project", "elsewhere");
  }

  synchronized String stateOf(String id) {
    return String.valueOf(map(Objects.requireNonNull(issues.get(id)).get("state")).get("name"));
  }

  /// Somebody says something, which changes the ticket.
  synchronized void say(String id, Map<String, Object> user, String body) {
    var number = comments.size() + 1;
    var comment = new LinkedHashMap<String, Object>();
    comment.put("id", String.format("10000000-0000-4000-8000-%012d", number));
    comment.put("issueId", id);
    comment.put("body", body);
    comment.put("createdAt", tick());
    comment.put("url", "https://linear.app/acme/issue/ABC#comment-" + number);
    comment.put("user", user);
    comments.put((String) comment.get("id"), comment);
    Objects.requireNonNull(issues.get(id)).put("updatedAt", comment.get("createdAt"));
  }

  synchronized List<String> commentsOn(String id) {
    return comments.values().stream()
        .filter(it -> id.equals(it.get("issueId")))
        .map(it -> String.valueOf(it.get("body")))
        .toList();
  }

  /// All that was said on it was said by somebody else, in a comment of its own.
  synchronized void disown(String id) {
    var said = commentsOn(id);
    comments.values().removeIf(it -> id.equals(it.get("issueId")));
    said.forEach(it -> say(id, it));
  }

  synchronized void say(String id, String text) {
    var comment = UUID.randomUUID().toString();
    comments.put(comment, new LinkedHashMap<>(Map.of("id", comment, "issueId", id, "body", text)));
  }

  synchronized List<String> linksOn(String id) {
    return attachments.stream()
        .filter(it -> id.equals(it.get("issueId")))
        .map(it -> String.valueOf(it.get("url")))
        .toList();
  }

  @Override
  synchronized Said answer(Asked asked) {
    if (!asked.path().equals("/graphql") || !asked.method().equals("POST")) {
      return Said.of(404, "{}");
    }
    if (!asked.header("Authorization").equals("lin_api_secret")) {
      return Said.of(
          401,
          "{\"errors\": [{\"message\": \"Authentication required\", \"extensions\":"
              + " {\"code\": \"AUTHENTICATION_ERROR\"}}]}");
    }
    var body = body(asked);
    var result =
        engine.execute(it ->
            it.query(body.path("query").asText())
                .variables(
                    MAPPER.convertValue(
                        body.path("variables"),
                        MAPPER
                            .getTypeFactory()
                            .constructMapType(Map.class, String.class, Object.class))));
    // What does not fit the schema is a bad request, errors of fields are not.
    var status = result.isDataPresent() ? 200 : 400;
    return Said.of(status, Json.text(result.toSpecification()));
  }

  private static JsonNode body(Asked asked) {
    try {
      return MAPPER.readTree(asked.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private TypeRuntimeWiring.Builder query() {
    return TypeRuntimeWiring.newTypeWiring("Query")
        .dataFetcher("issues", this::issues)
        .dataFetcher("viewer", _ -> viewer == null ? null : Map.of("id", viewer))
        .dataFetcher("comments", this::comments);
  }

  private TypeRuntimeWiring.Builder mutation() {
    return TypeRuntimeWiring.newTypeWiring("Mutation")
        .dataFetcher("issueUpdate", this::issueUpdate)
        .dataFetcher("commentCreate", this::commentCreate)
        .dataFetcher("commentUpdate", this::commentUpdate)
        .dataFetcher("attachmentCreate", this::attachmentCreate);
  }

  private Map<String, Object> issues(DataFetchingEnvironment env) {
    Map<String, Object> filter = env.getArgument("filter");
    var order = "updatedAt".equals(env.getArgument("orderBy")) ? "updatedAt" : "createdAt";
    var byTime = Comparator.comparing((Map<String, Object> it) -> (String) it.get(order));
    var found =
        issues.values().stream()
            .filter(it -> matches(it, Objects.requireNonNull(filter)))
            .sorted(order.equals("updatedAt") ? byTime.reversed() : byTime)
            .toList();
    int first = env.getArgumentOrDefault("first", 50);
    if (first > MOST_AT_ONCE) {
      throw new IllegalArgumentException("too many at once");
    }
    String after = env.getArgument("after");
    var from = after == null ? 0 : Integer.parseInt(after.substring("cursor-".length()));
    var to = Math.min(from + first, found.size());
    var info = new LinkedHashMap<String, Object>();
    info.put("hasNextPage", to < found.size());
    info.put("endCursor", to == 0 ? null : "cursor-" + to);
    return Map.of("nodes", found.subList(from, to), "pageInfo", info);
  }

  private static boolean matches(Map<String, Object> issue, Map<String, Object> filter) {
    return filter.entrySet().stream()
        .allMatch(it -> {
          var wanted = (Map<?, ?>) it.getValue();
          return switch (it.getKey()) {
            case "project" -> is(issue.get("project"), map(wanted.get("slugId")));
            case "state" -> is(map(issue.get("state")).get("name"), map(wanted.get("name")));
            case "id" -> is(issue.get("id"), wanted);
            case "updatedAt" ->
                !Instant.parse((String) issue.get("updatedAt"))
                    .isBefore(Instant.parse((String) wanted.get("gte")));
            default -> throw new AssertionError("no filter for " + it.getKey());
          };
        });
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static boolean is(@Nullable Object value, Map<?, ?> comparator) {
    return comparator.containsKey("eq")
        ? Objects.equals(value, comparator.get("eq"))
        : ((List<?>) Objects.requireNonNull(comparator.get("in"))).contains(value);
  }

  private Map<String, Object> states(DataFetchingEnvironment env) {
    Map<String, Map<String, String>> filter = Objects.requireNonNull(env.getArgument("filter"));
    var wanted = Objects.requireNonNull(filter.get("name")).get("eqIgnoreCase");
    return Map.of(
        "nodes",
        states.stream()
            .filter(it -> it.equalsIgnoreCase(wanted))
            .map(it -> Map.of("id", "state-" + it))
            .toList());
  }

  private Map<String, Object> comments(DataFetchingEnvironment env) {
    Map<String, Map<String, Object>> filter = Objects.requireNonNull(env.getArgument("filter"));
    return Map.of(
        "nodes",
        comments.values().stream().filter(it -> isAsked(it, filter)).toList(),
        "pageInfo",
        Map.of("hasNextPage", false));
  }

  private static boolean isAsked(
      Map<String, Object> comment, Map<String, Map<String, Object>> filter) {
    return filter.entrySet().stream()
        .allMatch(it ->
            switch (it.getKey()) {
              case "id" -> is(comment.get("id"), it.getValue());
              case "issue" -> is(comment.get("issueId"), map(it.getValue().get("id")));
              case "createdAt" ->
                  !Instant.parse((String) comment.get("createdAt"))
                      .isBefore(Instant.parse((String) it.getValue().get("gte")));
              default -> throw new AssertionError("no filter for " + it.getKey());
            });
  }

  private Map<String, Object> issueUpdate(DataFetchingEnvironment env) {
    String id = Objects.requireNonNull(env.getArgument("id"));
    Map<String, String> input = Objects.requireNonNull(env.getArgument("input"));
    var state = Objects.requireNonNull(input.get("stateId")).substring("state-".length());
    change(id, "state", Map.of("name", state));
    return Map.of("success", true);
  }

  private Map<String, Object> commentCreate(DataFetchingEnvironment env) {
    Map<String, Object> input = Objects.requireNonNull(env.getArgument("input"));
    var id = String.valueOf(input.get("id"));
    if (!id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")) {
      throw new IllegalArgumentException("id must be a UUID of version 4");
    }
    var comment = new LinkedHashMap<>(input);
    comment.put("createdAt", tick());
    comment.put("url", "https://linear.app/acme/issue/ABC#comment-" + id);
    comment.put("user", Map.of("displayName", "millwright", "guest", false, "app", false));
    if (comments.putIfAbsent(id, comment) != null) {
      throw new IllegalArgumentException("id is taken");
    }
    return Map.of("success", true);
  }

  private Map<String, Object> commentUpdate(DataFetchingEnvironment env) {
    Map<String, Object> input = Objects.requireNonNull(env.getArgument("input"));
    var comment = comments.get(env.<String>getArgument("id"));
    Objects.requireNonNull(comment).putAll(input);
    return Map.of("success", true);
  }

  private Map<String, Object> attachmentCreate(DataFetchingEnvironment env) {
    Map<String, Object> input = Objects.requireNonNull(env.getArgument("input"));
    attachments.removeIf(it ->
        Objects.equals(it.get("url"), input.get("url"))
            && Objects.equals(it.get("issueId"), input.get("issueId")));
    attachments.add(input);
    return Map.of("success", true);
  }

  private String tick() {
    now = now.plusMillis(1_500);
    return now.toString();
  }
}

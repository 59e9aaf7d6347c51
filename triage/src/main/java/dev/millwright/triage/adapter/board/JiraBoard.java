package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardException.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Sha256;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A project of Jira Cloud: its statuses are the states, its workflow's transitions the ways
/// between them.
final class JiraBoard implements Board {
  private static final Logger LOG = LoggerFactory.getLogger(JiraBoard.class);
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1_000;

  /// Jira looks back from its own clock, in whole minutes; so far ours may be behind it.
  private static final Duration DRIFT = Duration.ofMinutes(5);

  private final BoardClient client;
  private final InstantSource clock;
  private final JiraIssues issues;
  private final JiraComments comments;
  private final List<String> active;

  /// A board, or what is wrong with its settings: `base_url`, `email`, `api_token`, `project_key`
  /// and `priorities`. Nothing is asked yet.
  static MadeBoard make(
      BoardSettings settings, Map<String, String> environment, BoardNetwork network) {
    var keys = new ProviderKeys(settings, environment);
    var base = keys.address("base_url", "JIRA_BASE_URL", "");
    var email = keys.text("email", "JIRA_EMAIL");
    var token = keys.secret("api_token", "api_token", "JIRA_API_TOKEN");
    var project = keys.text("project_key", "");
    if (!project.isEmpty() && !PROJECT.matcher(project).matches()) {
      var what = "'" + project + "' is no key of a project";
      keys.wrong(keys.code("invalid", "project_key"), "provider.project_key", what, "write ABC");
    }
    var priorities = Priorities.named(keys);
    var active = keys.active(List.of());
    var terminal = keys.terminal(List.of());
    return keys.made(() -> {
      var pair = (email + ":" + token.reveal()).getBytes(StandardCharsets.UTF_8);
      var basic = new Secret(Base64.getEncoder().encodeToString(pair));
      var header = Map.of("Authorization", "Basic " + basic.reveal());
      var access = new Access("jira", base, header, List.of(token, basic));
      var issues = new JiraIssues(project, site(base), terminal, priorities);
      return new JiraBoard(network.client(access), network.clock, issues, active);
    });
  }

  /// Scoped tokens are used through a gateway, which is no place for people.
  private static @Nullable URI site(URI base) {
    return base.getHost().equalsIgnoreCase("api.atlassian.com") ? null : base;
  }

  private JiraBoard(
      BoardClient client, InstantSource clock, JiraIssues issues, List<String> active) {
    this.client = client;
    this.clock = clock;
    this.issues = issues;
    this.comments = new JiraComments(client);
    this.active = List.copyOf(active);
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("jira:" + issue.ref().identifier());
  }

  @Override
  public List<String> activeStates() {
    return active;
  }

  @Override
  public List<String> terminalStates() {
    return issues.terminal();
  }

  @Override
  public Answer<List<Issue>> inStates(List<String> states) {
    return states.isEmpty()
        ? new Answer.Got<>(List.of())
        : answer(() -> search(Jql.inStates(issues.project(), states)));
  }

  @Override
  public Answer<Changes> changedSince(@Nullable String mark) {
    return answer(() -> {
      var project = issues.project();
      if (mark == null) {
        var body = question(Jql.everything(project, true)).put("maxResults", 1);
        return new Changes(List.of(), Mark.after(readable(page(body))).toString());
      }
      var from = Mark.parse(mark);
      var since = from.since();
      var within = Duration.between(since, clock.instant()).plus(DRIFT);
      var everything = since.equals(Instant.EPOCH);
      var read =
          search(everything ? Jql.everything(project, false) : Jql.changedWithin(project, within))
              .stream()
              .filter(it -> !isBefore(it, since))
              .toList();
      return new Changes(from.unseen(read), from.next(read).toString());
    });
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return answer(() -> {
      var wanted = List.copyOf(new LinkedHashSet<>(ids));
      var found = new LinkedHashMap<String, Issue>();
      for (int from = 0; from < wanted.size(); from += PAGE) {
        var part = wanted.subList(from, Math.min(from + PAGE, wanted.size()));
        for (var record : fetched(part)) {
          if (issues.isOurs(record)) {
            var issue = read(record);
            found.put(issue.ref().id(), issue);
          }
        }
      }
      return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
    });
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return client.writing(() -> comments.say(id, topic, markdown));
  }

  @Override
  public Answer<Done> move(String id, String state) {
    return client.writing(() -> {
      var path = new String[] {"rest", "api", "3", "issue", id, "transitions"};
      var here = now(id);
      if (here.isIn(List.of(state))) {
        return new Done();
      }
      var offered = client.json(client.send(Ask.get(path))).path("transitions");
      var way = way(here, offered, state);
      var body = Json.object().set("transition", Json.object().put("id", way));
      client.send(Ask.write("POST", body, path));
      return new Done();
    });
  }

  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return client.writing(() -> {
      var hash = Sha256.of(address.toString().getBytes(StandardCharsets.UTF_8));
      var body = Json.object().put("globalId", "millwright:" + HexFormat.of().formatHex(hash));
      body.putObject("object").put("url", address.toString()).put("title", title);
      client.send(Ask.write("POST", body, "rest", "api", "3", "issue", id, "remotelink"));
      return new Done();
    });
  }

  @Override
  public Answer<List<String>> unknownStates() {
    return answer(() -> {
      var ask = Ask.get("rest", "api", "3", "project", issues.project(), "statuses");
      var known = new ArrayList<String>();
      for (var type : client.json(client.send(ask))) {
        type.path("statuses").forEach(it -> known.add(Reading.plain(it, "name")));
      }
      return Stream.concat(active.stream(), issues.terminal().stream())
          .filter(state -> known.stream().noneMatch(it -> isSame(it, state)))
          .distinct()
          .toList();
    });
  }

  private static boolean isSame(String one, String other) {
    return Issue.folded(one).equals(Issue.folded(other));
  }

  private Issue now(String id) throws BoardException {
    for (var record : fetched(List.of(id))) {
      if (issues.isOurs(record)) {
        return read(record);
      }
    }
    throw client.failed(
        Category.STATUS, "issue_not_found", "there is no ticket " + id + " any more", null);
  }

  /// The transition to a state, one that asks for nothing more if there are several.
  private String way(Issue here, JsonNode offered, String state) throws BoardException {
    var names = new ArrayList<String>();
    @Nullable JsonNode best = null;
    for (var one : offered) {
      var target = one.path("to").path("name").asText("");
      names.add(target);
      var fits = isSame(target, state) && one.path("isAvailable").asBoolean(true);
      if (fits && (best == null || !one.path("hasScreen").asBoolean(false))) {
        best = one;
      }
    }
    if (best != null) {
      return best.path("id").asText();
    }
    throw client.failed(
        Category.CONFIG,
        "unknown_state",
        "%s is '%s', and its workflow leads from there to %s, not to '%s'"
            .formatted(here.ref().identifier(), here.state(), String.join(", ", names), state),
        null);
  }

  private JsonNode fetched(List<String> ids) throws BoardException {
    var body = Json.object();
    ids.forEach(body.putArray("issueIdsOrKeys")::add);
    fields(body);
    return records(
        client.json(client.send(Ask.reading(body, "rest", "api", "3", "issue", "bulkfetch"))));
  }

  private static boolean isBefore(Issue issue, Instant since) {
    var updated = issue.times().updatedAt();
    return updated != null && updated.isBefore(since);
  }

  /// Every page, each token once.
  private List<Issue> search(String jql) throws BoardException {
    var found = new LinkedHashMap<String, Issue>();
    var body = question(jql).put("maxResults", PAGE);
    for (int number = 0; number < MOST_PAGES; number++) {
      var page = page(body);
      readable(page).forEach(it -> found.put(it.ref().id(), it));
      if (page.path("isLast").asBoolean(false)) {
        return List.copyOf(found.values());
      }
      var next = Reading.plain(page, "nextPageToken");
      if (next.isEmpty()) {
        var reason = "there is a next page, but no token to it";
        throw client.failed(Category.PAGINATION, "missing_next_page_token", reason, null);
      }
      if (next.equals(Reading.plain(body, "nextPageToken"))) {
        throw client.failed(Category.PAGINATION, "repeated_page", "a page leads to itself", null);
      }
      body.put("nextPageToken", next);
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the pages do not end", null);
  }

  private JsonNode page(ObjectNode body) throws BoardException {
    return client.json(client.send(Ask.reading(body, "rest", "api", "3", "search", "jql")));
  }

  private static ObjectNode question(String jql) {
    return fields(Json.object().put("jql", jql));
  }

  /// What can be read of a page; the rest is counted.
  private List<Issue> readable(JsonNode answer) throws BoardException {
    var page = Reading.page(records(answer), issues::read);
    if (page.malformed() > 0) {
      var count = page.malformed();
      LOG.warn("event=MalformedTickets board=jira project={} count={}", issues.project(), count);
    }
    return page.issues();
  }

  private JsonNode records(JsonNode answer) throws BoardException {
    var records = answer.path("issues");
    if (records.isArray()) {
      return records;
    }
    throw client.failed(Category.RESPONSE, "unknown_payload", "it lists no issues", null);
  }

  private Issue read(JsonNode record) throws BoardException {
    try {
      return issues.read(record);
    } catch (MalformedException e) {
      var reason = "a ticket cannot be read: " + e.getMessage();
      throw client.failed(Category.RESPONSE, "unknown_payload", reason, null);
    }
  }

  private static ObjectNode fields(ObjectNode body) {
    JiraIssues.FIELDS.forEach(body.putArray("fields")::add);
    return body;
  }
}

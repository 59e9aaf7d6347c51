package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardException.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Sha256;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project of Jira Cloud: its statuses are the states, its workflow's transitions the ways
/// between them.
final class JiraBoard implements Board {
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  /// Jira looks back from its own clock, in whole minutes; so far ours may be behind it.
  private static final Duration DRIFT = Duration.ofMinutes(5);

  private final BoardClient client;
  private final InstantSource clock;
  private final JiraIssues issues;
  private final JiraSearch search;
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
    this.search = new JiraSearch(client, issues);
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
        : answer(() -> search.all(Jql.inStates(issues.project(), states)));
  }

  @Override
  public Answer<Changes> changedSince(@Nullable String mark) {
    return answer(() -> {
      var project = issues.project();
      if (mark == null) {
        var newest = search.first(Jql.everything(project, true));
        return new Changes(List.of(), Mark.after(newest).toString());
      }
      var from = Mark.parse(mark);
      var since = from.since();
      var within = Duration.between(since, clock.instant()).plus(DRIFT);
      var everything = since.equals(Instant.EPOCH);
      var read =
          search
              .all(everything ? Jql.everything(project, false) : Jql.changedWithin(project, within))
              .stream()
              .filter(it -> !isBefore(it, since))
              .toList();
      return new Changes(from.unseen(read), from.next(read).toString());
    });
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return answer(() -> List.copyOf(search.withIds(ids).values()));
  }

  @Override
  public Reach reach() {
    return client.reach();
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    var ref = ticket.ref();
    return BoardException.answer(() ->
        Talk.hear(ticket, mark, at -> JiraIssues.remarks(ref.url(), comments.talk(ref.id(), at))));
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
    var found = search.withIds(List.of(id)).get(id);
    if (found != null) {
      return found;
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

  private static boolean isBefore(Issue issue, Instant since) {
    var updated = issue.times().updatedAt();
    return updated != null && updated.isBefore(since);
  }
}

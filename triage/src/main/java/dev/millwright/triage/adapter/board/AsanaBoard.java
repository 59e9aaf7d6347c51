package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardException.answer;

import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A project of Asana: its sections are the states.
final class AsanaBoard implements Board {
  private static final Logger LOG = LoggerFactory.getLogger(AsanaBoard.class);

  /// So far ours may be ahead of Asana's clock; it does not say what changed last.
  private static final Duration DRIFT = Duration.ofMinutes(15);

  private static final Comparator<Issue> OLDEST_FIRST =
      Comparator.comparing(
              (Issue it) -> it.times().createdAt(), Comparator.nullsFirst(Instant::compareTo))
          .thenComparing(it -> new BigInteger(it.ref().id()));

  private final BoardClient client;
  private final InstantSource clock;
  private final AsanaTasks tasks;
  private final List<String> active;
  private final AsanaLists lists;
  private final AsanaSections sections;
  private final AsanaComments comments;

  /// A board, or what is wrong with its settings: `endpoint`, `api_key`, `project_gid` and
  /// `priorities`. Nothing is asked yet.
  static MadeBoard make(
      BoardSettings settings, Map<String, String> environment, BoardNetwork network) {
    var keys = new ProviderKeys(settings, environment);
    var base = keys.address("endpoint", "", "https://app.asana.com/api/1.0");
    var token = keys.secret("api_key", "api_key", "ASANA_PAT");
    var project = keys.text("project_gid", "");
    if (!project.isEmpty() && !project.matches("\\d{1,30}")) {
      var what = "'" + project + "' is no number";
      var fix = "write the long number in the project's address, in quotes";
      keys.wrong(keys.code("invalid", "project_gid"), "provider.project_gid", what, fix);
    }
    var priorities = Priorities.named(keys);
    var active = keys.active(List.of());
    var terminal = keys.terminal(List.of());
    return keys.made(() -> {
      var header = Map.of("Authorization", "Bearer " + token.reveal());
      var client = network.client(new Access("asana", base, header, List.of(token)));
      var tasks = new AsanaTasks(project, terminal, priorities);
      return new AsanaBoard(client, network.clock, tasks, active);
    });
  }

  private AsanaBoard(
      BoardClient client, InstantSource clock, AsanaTasks tasks, List<String> active) {
    this.client = client;
    this.lists = new AsanaLists(client);
    this.sections = new AsanaSections(lists, tasks.project());
    this.comments = new AsanaComments(lists);
    this.clock = clock;
    this.tasks = tasks;
    this.active = List.copyOf(active);
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("asana:" + issue.ref().id());
  }

  @Override
  public List<String> activeStates() {
    return active;
  }

  @Override
  public List<String> terminalStates() {
    return tasks.terminal();
  }

  @Override
  public Answer<List<Issue>> inStates(List<String> states) {
    return states.isEmpty() ? new Answer.Got<>(List.of()) : answer(() -> read(states));
  }

  @Override
  public Answer<Changes> changedSince(@Nullable String mark) {
    return answer(() -> {
      var from = mark == null ? new Mark(clock.instant().minus(DRIFT), Map.of()) : Mark.parse(mark);
      var ask = Ask.get("tasks").with("project", tasks.project());
      var read = issues(ask.with("modified_since", from.since()));
      var changed = mark == null ? List.<Issue>of() : from.unseen(read);
      return new Changes(changed, from.next(read).toString());
    });
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return answer(() -> {
      var found = new ArrayList<Issue>();
      for (var id : new LinkedHashSet<>(ids)) {
        var issue = task(id);
        if (issue != null) {
          found.add(issue);
        }
      }
      return found;
    });
  }

  @Override
  public Reach reach() {
    return client.reach();
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    return BoardException.answer(
        () -> Talk.hear(ticket, mark, _ -> comments.talk(ticket.ref().id())));
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return client.writing(() -> comments.say(id, topic, markdown));
  }

  @Override
  public Answer<Done> move(String id, String state) {
    return client.writing(() -> {
      var issue = task(id);
      if (issue == null) {
        var reason = "there is no task " + id + " in the project any more";
        throw client.failed(Category.STATUS, "issue_not_found", reason, null);
      }
      if (!issue.isIn(List.of(state))) {
        var body = Json.object();
        body.putObject("data").put("task", id);
        var section = sections.one(state);
        client.send(Ask.write("POST", body, "sections", section.gid(), "addTask"));
      }
      return new Done();
    });
  }

  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return client.writing(() -> comments.link(id, title, address));
  }

  @Override
  public Answer<List<String>> unknownStates() {
    return answer(() -> {
      var wanted = Stream.concat(active.stream(), tasks.terminal().stream()).distinct().toList();
      var names = sections.listed().stream().map(AsanaSections.Section::name).toList();
      return wanted.stream().filter(it -> !AsanaSections.isOneOf(it, names)).toList();
    });
  }

  /// Only the sections asked for are read; of those that are work, only what is not finished.
  private List<Issue> read(List<String> states) throws BoardException {
    var found = new LinkedHashMap<String, Issue>();
    var unfinished = states.stream().allMatch(it -> AsanaSections.isOneOf(it, active));
    for (var section : sections.of(states)) {
      var ask = Ask.get("tasks").with("section", section.gid());
      var since = clock.instant().truncatedTo(ChronoUnit.HOURS);
      for (var issue : issues(unfinished ? ask.with("completed_since", since) : ask)) {
        if (issue.isIn(states)) {
          found.put(issue.ref().id(), issue);
        } else {
          sections.forget(); // It has another name now.
        }
      }
    }
    return found.values().stream().sorted(OLDEST_FIRST).toList();
  }

  private List<Issue> issues(Ask ask) throws BoardException {
    var ours =
        lists.all(ask.with("opt_fields", AsanaTasks.FIELDS)).stream()
            .filter(tasks::isOurs)
            .toList();
    var page = Reading.page(ours, tasks::read);
    if (page.malformed() > 0) {
      LOG.warn(
          "event=MalformedTickets board=asana project={} count={}",
          tasks.project(),
          page.malformed());
    }
    return page.issues();
  }

  private @Nullable Issue task(String id) throws BoardException {
    var reply = client.send(Ask.get("tasks", id).with("opt_fields", AsanaTasks.FIELDS).orGone());
    var record = reply.isGone() ? null : client.json(reply).path("data");
    if (record == null || (record.isObject() && !tasks.isOurs(record))) {
      return null;
    }
    try {
      return tasks.read(record);
    } catch (MalformedException e) {
      var reason = "a ticket cannot be read: " + e.getMessage();
      throw client.failed(Category.RESPONSE, "unknown_payload", reason, null);
    }
  }
}

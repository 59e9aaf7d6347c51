package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The issues of one GitLab project, by version 4 of its REST interface.
public final class GitlabBoard extends SweptBoard {
  private static final Pattern PROJECT =
      Pattern.compile(
          "[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}){1,20}");
  private static final int MOST_IDS = 50;

  private final GitlabIssues issues;
  private final GitlabLists lists;
  private final Sweep sweep;
  private final GitlabNotes notes;
  private final String project;

  private GitlabBoard(
      BoardClient client, GitlabIssues issues, GitlabLists lists, List<String> active) {
    var swept = new Sweep(client, issues.states(), lists);
    super("gitlab", client, swept, active, issues.terminal());
    this.issues = issues;
    this.lists = lists;
    this.sweep = swept;
    this.project = issues.project();
    this.notes = new GitlabNotes(client, sweep, project);
  }

  /// A board, or what is wrong with its settings. Nothing is asked yet.
  public static MadeBoard make(
      BoardSettings settings, Map<String, String> environment, BoardNetwork network) {
    var keys = new ProviderKeys(settings, environment);
    var project = keys.text("project_path", "GITLAB_PROJECT_PATH");
    if (!project.isEmpty() && !PROJECT.matcher(project).matches()) {
      var what = "'" + Excerpt.of(project, 200) + "' is not group/project";
      var fix = "write the path from the project's address, such as acme/orders";
      keys.wrong(keys.code("invalid", "project_path"), "provider.project_path", what, fix);
    }
    var usual = environment.containsKey("GITLAB_PAT") ? "GITLAB_PAT" : "GITLAB_ACCESS_TOKEN";
    var token = keys.secret("api_key", "api_key", usual);
    var address = keys.address("api_url", "", "https://gitlab.com/api/v4");
    var states = LabelStates.read(keys, settings, GitlabIssues.OPENED);
    var active = keys.active(List.of(GitlabIssues.OPENED));
    var terminal = keys.terminal(List.of(LabelStates.CLOSED));
    states.check(keys, active, terminal);
    var priorities = Priorities.labelled(keys);
    return keys.made(() -> {
      var header = Map.of("PRIVATE-TOKEN", token.reveal());
      var client = network.client(new Access("gitlab", address, header, List.of(token)));
      var issues = new GitlabIssues(project, states, terminal, priorities);
      var lists = new GitlabLists(client, network.clock, issues, active);
      return new GitlabBoard(client, issues, lists, active);
    });
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("gitlab:" + project + "#" + issue.ref().id());
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return BoardException.answer(() -> {
      var asked = numbers(ids);
      var found = new HashMap<String, Issue>();
      for (int from = 0; from < asked.size(); from += MOST_IDS) {
        var records = records(asked.subList(from, Math.min(from + MOST_IDS, asked.size())));
        var writers = lists.writers(records);
        for (var record : records) {
          var issue = exactly(record, writers);
          found.put(issue.ref().id(), issue);
        }
      }
      return asked.stream().filter(found::containsKey).map(found::get).toList();
    });
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    return BoardException.answer(() -> {
      var id = number(ticket.ref().id());
      return Talk.hear(
          ticket,
          mark,
          at -> {
            var said = notes.talk(id, at);
            return GitlabIssues.remarks(ticket.ref().url(), said, lists.writers(said));
          });
    });
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return client.writing(() -> notes.say(number(id), topic, markdown));
  }

  /// One question changes state and labels at once, so that no crash comes between.
  @Override
  public Answer<Done> move(String id, String state) {
    return client.writing(() -> {
      var label = issues.states().labelOf(state);
      if (label.isEmpty() && !issues.states().isNative(state)) {
        var reason = "'" + state + "' is neither opened, closed nor a label's state";
        throw client.failed(Category.CONFIG, "unknown_state", reason, null);
      }
      var record = now(id);
      var change = new LinkedHashMap<String, String>();
      var isOpen = Reading.plain(record, "state").equals(GitlabIssues.OPENED);
      var toOpen = !Issue.folded(state).equals(LabelStates.CLOSED);
      if (isOpen != toOpen) {
        change.put("state_event", toOpen ? "reopen" : "close");
      }
      if (toOpen) {
        var its = Reading.labels(GitlabIssues.labels(record));
        var lost = issues.states().labelsBut(state, its);
        label
            .filter(it -> !its.contains(Issue.folded(it)))
            .ifPresent(it -> change.put("add_labels", it));
        if (!lost.isEmpty()) {
          change.put("remove_labels", String.join(",", lost));
        }
      }
      if (!change.isEmpty()) {
        client.send(Ask.write("PUT", change, "projects", project, "issues", id));
      }
      return new Done();
    });
  }

  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return client.writing(() -> notes.link(number(id), title, address));
  }

  private Issue exactly(JsonNode record, Set<Long> writers) throws BoardException {
    try {
      return issues.read(record, lists.blockers(record, true), writers);
    } catch (MalformedException e) {
      var reason = "a ticket: " + e.getMessage();
      throw client.failed(Category.RESPONSE, "unknown_payload", reason, null);
    }
  }

  private List<JsonNode> records(List<String> iids) throws BoardException {
    var ask =
        Ask.get("projects", project, "issues").with("state", "all").with("per_page", MOST_IDS);
    for (var iid : iids) {
      ask = ask.with("iids[]", iid);
    }
    return sweep.records(client.send(ask));
  }

  private JsonNode now(String id) throws BoardException {
    var found = records(List.of(number(id)));
    if (found.isEmpty()) {
      throw gone(id);
    }
    return found.getFirst();
  }
}

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The issues of one GitHub repository.
///
/// Tickets are read one by one by id, each with a tag: what did not change costs nothing of the
/// token's limit. GraphQL could read many at once, but does not say what blocks an issue.
public final class GithubBoard extends SweptBoard {
  private static final Pattern REPO =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");
  private static final int MOST_CHARACTERS = 65_000;
  private static final String LINKS = "links";

  private final GithubApi github;
  private final GithubTickets tickets;
  private final GithubLists lists;

  private GithubBoard(
      GithubApi github, GithubTickets tickets, GithubLists lists, List<String> active) {
    super(
        "github",
        github.client(),
        new Sweep(github.client(), tickets.states(), lists),
        active,
        tickets.terminal());
    this.github = github;
    this.tickets = tickets;
    this.lists = lists;
  }

  /// A board, or what is wrong with its settings. Nothing is asked yet.
  public static MadeBoard make(
      BoardSettings settings, Map<String, String> environment, BoardNetwork network) {
    var keys = new ProviderKeys(settings, environment);
    var repo = keys.text("repo", "GITHUB_REPO");
    if (!repo.isEmpty() && !REPO.matcher(repo).matches()) {
      var what = "'" + Excerpt.of(repo, 200) + "' is not owner/name";
      keys.wrong("invalid_github_repo", "provider.repo", what, "write it as acme/orders");
    }
    var token = keys.secret("token", "token", "GITHUB_TOKEN");
    var address = keys.address("api_url", "", "https://api.github.com");
    var states = LabelStates.read(keys, settings, GithubTickets.OPEN);
    var active = keys.active(List.of(GithubTickets.OPEN));
    var terminal = keys.terminal(List.of(LabelStates.CLOSED));
    states.check(keys, active, terminal);
    var priorities = Priorities.labelled(keys);
    return keys.made(() -> {
      var github = new GithubApi(network, address, token, repo);
      var tickets = new GithubTickets(repo, states, terminal, priorities);
      return new GithubBoard(github, tickets, new GithubLists(github, tickets), active);
    });
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    var ref = issue.ref();
    return new SignalKey(
        "github:" + ref.nativeRef().getOrDefault("repo", tickets.repo()) + "#" + ref.id());
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return BoardException.answer(() ->
        Several.each(client, numbers(ids), this::one).stream().flatMap(Optional::stream).toList());
  }

  private Optional<Issue> one(String number) throws BoardException {
    var reply = client.send(github.issue(number));
    if (reply.isGone()) {
      return Optional.empty();
    }
    var record = client.json(reply);
    if (!lists.isHere(number, record)) {
      return Optional.empty();
    }
    try {
      var summary = record.path("issue_dependencies_summary").path("total_blocked_by").asInt(0);
      return Optional.of(
          summary == 0 ? tickets.read(record) : tickets.read(record, blockers(number)));
    } catch (MalformedException e) {
      throw client.failed(
          Category.RESPONSE, "unknown_payload", "issue " + number + ": " + e.getMessage(), null);
    }
  }

  private List<Issue.Blocker> blockers(String number) throws BoardException {
    var reply = client.send(github.blockers(number));
    return reply.isGone()
        ? List.of(new Issue.Blocker(null, null, null))
        : tickets.blockers(client.json(reply));
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    return BoardException.answer(() -> {
      var number = number(ticket.ref().id());
      return Talk.hear(ticket, mark, at -> GithubTickets.remarks(github.talk(number, at)));
    });
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return client.writing(() -> {
      var number = number(id);
      say(number, topic, github.ours(number, topic), markdown);
      return new Done();
    });
  }

  private void say(String number, String topic, Optional<GithubApi.Comment> said, String markdown)
      throws BoardException {
    var body = Marker.mark(topic, Excerpt.of(markdown, MOST_CHARACTERS));
    if (said.isEmpty()) {
      github.say(number, body);
    } else if (!said.get().body().equals(body)) {
      github.sayAgain(said.get().id(), body);
    }
  }

  @Override
  public Answer<Done> move(String id, String state) {
    return client.writing(() -> {
      var number = number(id);
      var label = tickets.states().labelOf(state);
      if (label.isEmpty() && !tickets.states().isNative(state)) {
        var reason = "'" + state + "' is neither open, closed nor a label's state";
        throw client.failed(Category.CONFIG, "unknown_state", reason, null);
      }
      var record = ticket(number);
      var closed = Issue.folded(Reading.plain(record, "state")).equals(LabelStates.CLOSED);
      if (Issue.folded(state).equals(LabelStates.CLOSED)) {
        if (!closed) {
          github.setState(number, Map.of("state", "closed", "state_reason", "completed"));
        }
        return new Done();
      }
      if (closed) {
        github.setState(number, Map.of("state", "open"));
      }
      relabel(number, state, label, record);
      return new Done();
    });
  }

  /// The new label comes first, so that a crash leaves the issue in one of its states.
  private void relabel(String number, String state, Optional<String> label, JsonNode record)
      throws BoardException {
    var labels = Reading.labels(GithubTickets.labels(record));
    if (label.isPresent() && !labels.contains(Issue.folded(label.get()))) {
      github.addLabel(number, label.get());
    }
    for (var other : tickets.states().labelsBut(state, labels)) {
      github.removeLabel(number, other);
    }
  }

  /// An issue as it is now; writing to a pull request is no business of a board.
  private JsonNode ticket(String number) throws BoardException {
    var reply = client.send(github.issue(number));
    var record = reply.isGone() ? null : client.json(reply);
    if (record == null || !lists.isHere(number, record)) {
      throw gone(number);
    }
    if (GithubTickets.isPullRequest(record)) {
      var reason = number + " is a pull request";
      throw client.failed(Category.STATUS, "not_an_issue", reason, null);
    }
    return record;
  }

  /// All links of a ticket stand in one comment.
  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return client.writing(() -> {
      var number = number(id);
      var said = github.ours(number, LINKS);
      var before = said.map(it -> Marker.unmarked(LINKS, it.body())).orElse("");
      var after = Marker.linked(before, title, address);
      if (!after.equals(before)) {
        say(number, LINKS, said, after);
      }
      return new Done();
    });
  }
}

package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issues of one Linear project.
public final class LinearBoard implements Board {
  private static final Logger LOG = LoggerFactory.getLogger(LinearBoard.class);

  private static final String ENDPOINT = "https://api.linear.app/graphql";
  private static final List<String> ACTIVE = List.of("Todo", "In Progress");
  private static final List<String> TERMINAL =
      List.of("Closed", "Cancelled", "Canceled", "Duplicate", "Done");
  private static final int PER_PAGE = 50;
  private static final int MOST_PAGES = 1_000;

  private final BoardClient client;
  private final GraphQl linear;
  private final String project;
  private final String assignee;
  private final List<String> active;
  private final List<String> terminal;
  private volatile @Nullable LinearTickets tickets;

  private LinearBoard(
      BoardClient client,
      String project,
      String assignee,
      List<String> active,
      List<String> terminal) {
    this.client = client;
    this.linear = new GraphQl(client);
    this.project = project;
    this.assignee = assignee;
    this.active = List.copyOf(active);
    this.terminal = List.copyOf(terminal);
  }

  /// A board, or what is wrong with its settings. Nothing is asked yet.
  public static MadeBoard make(
      BoardSettings settings, Map<String, String> environment, BoardNetwork network) {
    var keys = new ProviderKeys(settings, environment);
    var endpoint = keys.address("endpoint", "", ENDPOINT);
    var key = keys.secret("api_key", "api_token", "LINEAR_API_KEY");
    var project = keys.text("project_slug", "");
    var assignee = keys.optional("assignee", "LINEAR_ASSIGNEE");
    var active = keys.active(ACTIVE);
    var terminal = keys.terminal(TERMINAL);
    return keys.made(() -> {
      var headers = Map.of("Authorization", key.reveal());
      var access = new Access("linear", endpoint, headers, List.of(key));
      return new LinearBoard(network.client(access), project, assignee, active, terminal);
    });
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("linear:" + issue.ref().identifier());
  }

  @Override
  public List<String> activeStates() {
    return active;
  }

  @Override
  public List<String> terminalStates() {
    return terminal;
  }

  @Override
  public Answer<List<Issue>> inStates(List<String> states) {
    var asked = states.stream().distinct().toList();
    return BoardException.answer(
        () -> asked.isEmpty() ? List.of() : pages(LinearDocuments.IN_STATES, "states", asked));
  }

  @Override
  public Answer<Changes> changedSince(@Nullable String mark) {
    return BoardException.answer(() -> {
      if (mark == null) {
        var newest = linear.query(LinearDocuments.NEWEST, Map.of("project", project));
        return new Changes(List.of(), Mark.after(readable(newest)).toString());
      }
      var from = Mark.parse(mark);
      var read = pages(LinearDocuments.CHANGED, "since", from.since().toString());
      return new Changes(from.unseen(read), from.next(read).toString());
    });
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return BoardException.answer(() -> {
      var asked = ids.stream().distinct().toList();
      var found = new HashMap<String, Issue>();
      for (int from = 0; from < asked.size(); from += PER_PAGE) {
        var some = asked.subList(from, Math.min(from + PER_PAGE, asked.size()));
        for (var issue : exactly(some)) {
          found.put(issue.ref().id(), issue);
        }
      }
      return asked.stream().filter(found::containsKey).map(found::get).toList();
    });
  }

  @Override
  public Reach reach() {
    return client.reach();
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    var id = ticket.ref().id();
    return BoardException.answer(
        () -> Talk.hear(ticket, mark, at -> LinearTickets.remarks(id, talk(id, at))));
  }

  private List<JsonNode> talk(String issue, Instant since) throws BoardException {
    var comments = new ArrayList<JsonNode>();
    var asked = new HashMap<String, Object>();
    asked.put("issue", issue);
    asked.put("since", since.toString());
    asked.put("first", PER_PAGE);
    eachPage(
        LinearDocuments.TALK,
        asked,
        "comments",
        page -> comments.addAll(LinearTickets.nodes(page.path("comments"))));
    return comments;
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return client.writing(() -> {
      var comment = LinearComments.id(id, topic);
      var known = linear.query(LinearDocuments.COMMENT, Map.of("comment", comment));
      var ours = LinearTickets.nodes(known.path("comments"));
      if (ours.isEmpty()) {
        var words = Map.of("comment", comment, "issue", id, "body", markdown);
        written("commentCreate", LinearDocuments.CREATE_COMMENT, words);
      } else if (!Reading.plain(ours.getFirst(), "body").strip().equals(markdown.strip())) {
        var words = Map.of("comment", comment, "body", markdown);
        written("commentUpdate", LinearDocuments.UPDATE_COMMENT, words);
      }
      return new Done();
    });
  }

  @Override
  public Answer<Done> move(String id, String state) {
    return client.writing(() -> {
      var asked = Map.of("project", project, "id", id, "state", state);
      var nodes = LinearTickets.nodes(linear.query(LinearDocuments.STATE, asked).path("issues"));
      if (nodes.isEmpty()) {
        var reason = "the ticket is not in project " + project;
        throw client.failed(Category.STATUS, "issue_not_found", reason, null);
      }
      var now = Reading.plain(nodes.getFirst().path("state"), "name");
      if (Issue.folded(now).equals(Issue.folded(state))) {
        return new Done();
      }
      var states = LinearTickets.nodes(nodes.getFirst().path("team").path("states"));
      if (states.isEmpty()) {
        var reason = "the ticket's team has no state '" + state + "'";
        throw client.failed(Category.CONFIG, "unknown_state", reason, null);
      }
      var target = Reading.plain(states.getFirst(), "id");
      written("issueUpdate", LinearDocuments.MOVE, Map.of("id", id, "state", target));
      return new Done();
    });
  }

  /// Linear keeps one attachment for each ticket and address, so that writing it again is no harm.
  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return client.writing(() -> {
      var words = Map.of("issue", id, "title", title, "url", address.toString());
      written("attachmentCreate", LinearDocuments.LINK, words);
      return new Done();
    });
  }

  private void written(String field, String document, Map<String, ?> variables)
      throws BoardException {
    if (!linear.mutation(document, variables).path(field).path("success").asBoolean(false)) {
      throw client.failed(Category.RESPONSE, "unknown_payload", field + " had no success", null);
    }
  }

  private List<Issue> pages(String document, String name, Object value) throws BoardException {
    var issues = new ArrayList<Issue>();
    var variables = new HashMap<String, Object>();
    variables.put("project", project);
    variables.put("first", PER_PAGE);
    variables.put(name, value);
    eachPage(document, variables, "issues", page -> issues.addAll(readable(page)));
    return issues;
  }

  /// Takes a page of an answer.
  @FunctionalInterface
  private interface Taking {
    void take(JsonNode answer) throws BoardException;
  }

  /// Every page, each cursor once.
  ///
  /// @param list what comes in pages
  private void eachPage(String document, Map<String, Object> variables, String list, Taking taking)
      throws BoardException {
    for (int page = 0; page < MOST_PAGES; page++) {
      var answer = linear.query(document, variables);
      taking.take(answer);
      var info = answer.path(list).path("pageInfo");
      if (!info.path("hasNextPage").asBoolean(false)) {
        return;
      }
      var cursor = Reading.plain(info, "endCursor");
      if (cursor.isEmpty()) {
        var reason = "there is a next page, but no cursor to it";
        throw client.failed(Category.PAGINATION, "missing_end_cursor", reason, null);
      }
      if (cursor.equals(variables.put("after", cursor))) {
        throw client.failed(Category.PAGINATION, "repeated_cursor", "a page leads to itself", null);
      }
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the pages do not end", null);
  }

  /// What can be read of a page; the rest is counted.
  private List<Issue> readable(JsonNode answer) throws BoardException {
    var page = Reading.page(nodes(answer), tickets()::read);
    if (page.malformed() > 0) {
      LOG.warn(
          "event=MalformedTickets board=linear project={} count={}", project, page.malformed());
    }
    return page.issues();
  }

  private List<Issue> exactly(List<String> ids) throws BoardException {
    var asked = Map.of("project", project, "ids", ids, "first", ids.size());
    var issues = new ArrayList<Issue>();
    for (var node : nodes(linear.query(LinearDocuments.WITH_IDS, asked))) {
      try {
        issues.add(tickets().read(node));
      } catch (MalformedException e) {
        throw client.failed(
            Category.RESPONSE, "unknown_payload", "a ticket: " + e.getMessage(), null);
      }
    }
    return issues;
  }

  private List<JsonNode> nodes(JsonNode answer) throws BoardException {
    if (!answer.path("issues").path("nodes").isArray()) {
      throw client.failed(Category.RESPONSE, "unknown_payload", "the answer has no issues", null);
    }
    return LinearTickets.nodes(answer.path("issues"));
  }

  /// Who `me` is has to be asked, once.
  private LinearTickets tickets() throws BoardException {
    var known = tickets;
    if (known == null) {
      known = new LinearTickets(terminal, assignee.equals("me") ? viewer() : assignee);
      tickets = known;
    }
    return known;
  }

  private String viewer() throws BoardException {
    var viewer = linear.query(LinearDocuments.VIEWER, Map.of()).path("viewer");
    var id = Reading.optional(viewer, "id");
    if (id == null) {
      var reason = "the key belongs to nobody who could be `me`";
      throw client.named(Category.RESPONSE, "missing_linear_viewer_identity", reason, null);
    }
    return id;
  }
}

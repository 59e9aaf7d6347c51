package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Changes;
import dev.millwright.triage.port.Board.Fault.Category;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads lists of GitHub's issues over all their pages.
///
/// An issue that is closed while its list is read moves all later ones up, and one at the beginning
/// of the next page would be missed. So lists are read in the order of their last change, and the
/// next page is the first one since the last change seen: what changes meanwhile comes later, and
/// nothing is missed.
final class GithubSweep {
  private static final Logger LOG = LoggerFactory.getLogger(GithubSweep.class);

  private static final int MOST_PAGES = 1_000;
  private static final GithubStates.Query EVERYTHING = new GithubStates.Query("all", "");

  private final GithubApi github;
  private final BoardClient client;
  private final GithubTickets tickets;

  GithubSweep(GithubApi github, GithubTickets tickets) {
    this.github = github;
    this.client = github.client();
    this.tickets = tickets;
  }

  /// In the order of their numbers.
  List<Issue> inStates(List<String> states) throws BoardException {
    var found = new LinkedHashMap<String, Issue>();
    for (var query : tickets.states().queries(states)) {
      found.putAll(read(query, null));
    }
    return found.values().stream()
        .filter(it -> it.isIn(states))
        .sorted(Comparator.comparingLong(it -> Long.parseLong(it.ref().id())))
        .toList();
  }

  Changes changedSince(@Nullable String mark) throws BoardException {
    if (mark == null) {
      var newest = records(client.send(github.newest()));
      return new Changes(List.of(), Mark.after(readable(newest)).toString());
    }
    var from = Mark.parse(mark);
    var issues = List.copyOf(read(EVERYTHING, from.since()).values());
    return new Changes(from.unseen(issues), from.next(issues).toString());
  }

  /// Whether an issue is still in this repository: one that was transferred is shown where it is
  /// now. That a repository has another name now is a fault, or all its issues would seem gone.
  boolean isHere(String number, JsonNode record) throws BoardException {
    var home = tickets.repositoryOf(record);
    if (home.equalsIgnoreCase(tickets.repo())) {
      return true;
    }
    if (number.equals(Reading.optional(record, "number"))) {
      var name = Reading.plain(client.json(client.send(github.repository())), "full_name");
      if (name.equalsIgnoreCase(home)) {
        throw moved(home);
      }
    }
    return false;
  }

  private BoardException moved(String home) {
    var reason = tickets.repo() + " is " + home + " now; write that";
    return client.failed(Category.CONFIG, "repo_moved", reason, null);
  }

  private Map<String, Issue> read(GithubStates.Query query, @Nullable Instant from)
      throws BoardException {
    var issues = new LinkedHashMap<String, Issue>();
    var since = from;
    var number = 1;
    for (int page = 0; page < MOST_PAGES; page++) {
      var ask = github.list(query, number);
      var reply = client.send(since == null ? ask : ask.with("since", since));
      var records = records(reply);
      for (var issue : readable(records)) {
        issues.put(issue.ref().id(), issue);
      }
      if (records.size() < GithubApi.PER_PAGE) {
        return issues;
      }
      var next = reached(records);
      if (next != null && (since == null || next.isAfter(since))) {
        since = next;
        number = 1;
      } else {
        number++;
      }
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the pages do not end", null);
  }

  /// Until when everything has been seen; `null` if the page is not in its order.
  private static @Nullable Instant reached(List<JsonNode> records) {
    var last = Instant.MIN;
    for (var record : records) {
      var updated = Reading.time(record, "updated_at");
      if (updated == null || updated.isBefore(last)) {
        return null;
      }
      last = updated;
    }
    return last.minusSeconds(1);
  }

  private List<JsonNode> records(Reply reply) throws BoardException {
    var json = client.json(reply);
    if (!json.isArray()) {
      throw client.failed(Category.RESPONSE, "unknown_payload", "the answer is no list", null);
    }
    return GithubTickets.each(json);
  }

  private List<Issue> readable(List<JsonNode> records) throws BoardException {
    for (var record : records) {
      var home = tickets.repositoryOf(record);
      if (!home.equalsIgnoreCase(tickets.repo())) {
        throw moved(home);
      }
    }
    var page = Reading.page(records, tickets::read);
    if (page.malformed() > 0) {
      LOG.warn(
          "event=MalformedTickets board=github repo={} count={}", tickets.repo(), page.malformed());
    }
    return page.issues();
  }
}

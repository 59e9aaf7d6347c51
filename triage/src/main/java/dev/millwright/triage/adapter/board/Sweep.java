package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.adapter.board.LabelStates.Query;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Changes;
import dev.millwright.triage.port.Board.Fault.Category;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Reads lists of issues over all their pages, where a provider counts the pages.
///
/// An issue that is closed while its list is read moves all later ones up, and one at the beginning
/// of the next page would be missed. So lists are read in the order of their last change, and the
/// next page is the first one since the last change seen: what changes meanwhile comes later, and
/// nothing is missed.
final class Sweep {
  static final int PER_PAGE = 100;

  private static final int MOST_PAGES = 1_000;
  private static final Query EVERYTHING = new Query("all", "");

  private final BoardClient client;
  private final LabelStates states;
  private final Lists lists;

  Sweep(BoardClient client, LabelStates states, Lists lists) {
    this.client = client;
    this.states = states;
    this.lists = lists;
  }

  /// The lists of one provider.
  interface Lists {
    /// A page of issues, those changed longest ago first.
    ///
    /// @param since leaves out what last changed before
    Ask list(Query query, int page, @Nullable Instant since);

    /// The one that changed last.
    Ask newest();

    /// What can be read of these records; the rest is counted.
    List<Issue> read(List<JsonNode> records) throws BoardException;
  }

  /// In the order of their numbers.
  List<Issue> inStates(List<String> wanted) throws BoardException {
    var found = new LinkedHashMap<String, Issue>();
    for (var query : states.queries(wanted)) {
      found.putAll(read(query, null));
    }
    return found.values().stream()
        .filter(it -> it.isIn(wanted))
        .sorted(Comparator.comparingLong(it -> Long.parseLong(it.ref().id())))
        .toList();
  }

  Changes changedSince(@Nullable String mark) throws BoardException {
    if (mark == null) {
      var newest = lists.read(records(client.send(lists.newest())));
      return new Changes(List.of(), Mark.after(newest).toString());
    }
    var from = Mark.parse(mark);
    var issues = List.copyOf(read(EVERYTHING, from.since()).values());
    return new Changes(from.unseen(issues), from.next(issues).toString());
  }

  private Map<String, Issue> read(Query query, @Nullable Instant from) throws BoardException {
    var issues = new LinkedHashMap<String, Issue>();
    var since = from;
    var number = 1;
    for (int page = 0; page < MOST_PAGES; page++) {
      var reply = client.send(lists.list(query, number, since));
      var records = records(reply);
      lists.read(records).forEach(it -> issues.put(it.ref().id(), it));
      if (records.size() < PER_PAGE) {
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

  List<JsonNode> records(Reply reply) throws BoardException {
    var json = client.json(reply);
    if (!json.isArray()) {
      throw client.failed(Category.RESPONSE, "unknown_payload", "the answer is no list", null);
    }
    return StreamSupport.stream(json.spliterator(), false).toList();
  }
}

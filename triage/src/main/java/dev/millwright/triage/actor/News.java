package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardFault.got;

import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a look at a board found.
///
/// @param whole whether these are all active tickets, not only those that changed
/// @param issues by their ids
/// @param asked the ids of those that were asked for themselves, not found in a list, which may be
///   older news than the ticket
/// @param missing the ids of claimed tickets that cannot be seen any more
record News(
    boolean whole, Map<String, Issue> issues, Set<String> asked, Set<String> missing, String mark) {

  /// All there is: the active tickets, and those that are held and no longer among them.
  static News whole(Board board, Collection<Claim> claims) throws BoardFault {
    var mark = got(board.changedSince(null)).mark();
    var issues = byId(got(board.inStates(board.activeStates())));
    var unseen = new LinkedHashSet<String>();
    claims.stream()
        .map(claim -> claim.ticket().id())
        .filter(id -> !issues.containsKey(id))
        .forEach(unseen::add);
    var others = byId(unseen.isEmpty() ? List.of() : got(board.withIds(List.copyOf(unseen))));
    var missing = new HashSet<>(unseen);
    missing.removeAll(others.keySet());
    issues.putAll(others);
    return new News(true, issues, Set.copyOf(unseen), missing, mark);
  }

  /// What changed, and what waited for something that changed.
  static News changes(Board board, Notes notes) throws BoardFault {
    var changes = got(board.changedSince(notes.mark()));
    var issues = byId(changes.issues());
    var unblocked =
        notes.open().values().stream()
            .filter(issue -> !issues.containsKey(issue.ref().id()) && waitsFor(issue, issues))
            .map(issue -> issue.ref().id())
            .toList();
    if (!unblocked.isEmpty()) {
      issues.putAll(byId(got(board.withIds(unblocked))));
    }
    return new News(false, issues, Set.copyOf(unblocked), Set.of(), changes.mark());
  }

  private static boolean waitsFor(Issue issue, Map<String, Issue> changed) {
    return issue.standing().blockedBy().stream()
        .anyMatch(blocker ->
            changed.values().stream()
                .map(Issue::ref)
                .anyMatch(ref ->
                    ref.id().equals(blocker.id())
                        || ref.identifier().equals(blocker.identifier())));
  }

  static Map<String, Issue> byId(List<Issue> issues) {
    var byId = new LinkedHashMap<String, Issue>();
    issues.forEach(issue -> byId.put(issue.ref().id(), issue));
    return byId;
  }
}

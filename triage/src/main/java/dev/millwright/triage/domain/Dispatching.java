package dev.millwright.triage.domain;

import dev.millwright.shared.settings.BoardSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tickets of a board are work, which of them goes first, and how many go at once.
///
/// @param active states in which a ticket is work
/// @param terminal states in which it is over, even if they are named among the active ones
/// @param requiredLabels all of them, in lower case; a blank one matches nothing
public record Dispatching(List<String> active, List<String> terminal, List<String> requiredLabels) {
  private static final int MOST_ID_CHARACTERS = 200;
  private static final Comparator<Issue> ORDER =
      Comparator.<Issue>comparingInt(issue -> issue.priority() == 0 ? 5 : issue.priority())
          .thenComparing(
              issue -> issue.times().createdAt(), Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(issue -> issue.ref().identifier());

  public Dispatching {
    active = List.copyOf(active);
    terminal = List.copyOf(terminal);
    requiredLabels = List.copyOf(requiredLabels);
  }

  /// Why a ticket is no work now; empty when it is.
  public Optional<String> whyNot(Issue issue) {
    var ref = issue.ref();
    if (!names(ref.id()) || !names(ref.identifier())) {
      return Optional.of("the board does not name it");
    }
    if (issue.words().title().isBlank()) {
      return Optional.of("it has no title");
    }
    if (isTerminal(issue.state())) {
      return Optional.of("it is in state " + issue.state() + ", which ends it");
    }
    if (!isActive(issue.state())) {
      return Optional.of("it is in state " + issue.state() + ", which is not an active one");
    }
    if (!issue.standing().dispatchable()) {
      return Optional.of("the board's rules do not let it start");
    }
    return requiredLabels.stream()
        .filter(label -> label.isBlank() || !issue.words().labels().contains(label))
        .findFirst()
        .map(label -> "it lacks the label '" + label + "'");
  }

  public boolean isActive(String state) {
    return !isTerminal(state) && isAmong(active, state);
  }

  public boolean isTerminal(String state) {
    return isAmong(terminal, state);
  }

  /// The tickets to start now: the most urgent first, then the oldest, within both limits.
  ///
  /// @param candidates not taken yet
  /// @param atWork how many of the board's tickets are at work, by their states
  public List<Issue> next(
      Collection<Issue> candidates, BoardSettings.Pace pace, Map<String, Integer> atWork) {
    var busy = new HashMap<String, Integer>();
    atWork.forEach((state, count) -> busy.merge(Issue.folded(state), count, Integer::sum));
    var free = pace.most() - busy.values().stream().mapToInt(Integer::intValue).sum();
    var chosen = new ArrayList<Issue>();
    for (var issue :
        candidates.stream().filter(it -> whyNot(it).isEmpty()).sorted(ORDER).toList()) {
      var state = Issue.folded(issue.state());
      var most = pace.mostByState().getOrDefault(state, Integer.MAX_VALUE);
      if (chosen.size() < free && busy.getOrDefault(state, 0) < most) {
        chosen.add(issue);
        busy.merge(state, 1, Integer::sum);
      }
    }
    return chosen;
  }

  /// What the ledger can keep, in every database.
  private static boolean names(String id) {
    return !id.isBlank()
        && id.length() <= MOST_ID_CHARACTERS
        && id.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static boolean isAmong(List<String> states, String state) {
    var folded = Issue.folded(state);
    return !folded.isEmpty() && states.stream().anyMatch(it -> Issue.folded(it).equals(folded));
  }
}

package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.domain.Issue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// States on a board that itself knows only open and closed: a state is one of these, or a label on
/// an open issue.
///
/// @param open what the board calls an open issue, in lower case
/// @param labels the label of each state that is one, both as written, in the order in which the
///   first counts for an issue that has several
record LabelStates(String open, Map<String, String> labels) {
  static final String CLOSED = "closed";

  LabelStates {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /// The states the settings name: `state_labels` says which label each is; with `status_labels`
  /// every other state is the label of its name.
  static LabelStates read(ProviderKeys keys, BoardSettings settings, String open) {
    var labels = new LinkedHashMap<>(keys.names("state_labels"));
    var states = new LabelStates(open, Map.of());
    var known = labels.keySet().stream().map(Issue::folded).collect(Collectors.toSet());
    if (keys.flag("status_labels")) {
      var writes = settings.writeBack();
      Stream.of(
              settings.selection().active().stream(),
              Stream.of(writes.started(), writes.review(), writes.done()),
              settings.selection().terminal().stream())
          .flatMap(it -> it)
          .filter(it -> !it.isBlank() && !states.isNative(it) && known.add(Issue.folded(it)))
          .forEach(it -> labels.put(it, it));
    }
    labels.forEach((state, label) -> {
      if (label.isBlank() || label.indexOf(',') >= 0 || states.isNative(state)) {
        keys.wrong(
            keys.code("invalid", "state_labels"),
            "provider.state_labels",
            "'" + state + ": " + label + "' cannot be asked for",
            open + " and closed are no labels, and a label has no comma");
      }
    });
    return new LabelStates(open, labels);
  }

  /// Says what cannot be a state of work, or of work that is over.
  void check(ProviderKeys keys, List<String> active, List<String> terminal) {
    refuse(keys, "active_states", active, CLOSED);
    refuse(keys, "terminal_states", terminal, open);
  }

  private void refuse(ProviderKeys keys, String key, List<String> states, String never) {
    for (var state : states) {
      var folded = Issue.folded(state);
      if (folded.equals(never) || (!isNative(state) && labelOf(state).isEmpty())) {
        keys.wrong(
            keys.code("invalid", "states"),
            key,
            "'" + state + "' is no such state of an issue",
            "write " + open + " or closed, or give it a label in provider.state_labels");
      }
    }
  }

  /// The state of an issue, spelled as the board or the settings spell it.
  String of(String written, List<String> itsLabels) {
    if (!Issue.folded(written).equals(open)) {
      return written;
    }
    return labels.entrySet().stream()
        .filter(it -> itsLabels.contains(Issue.folded(it.getValue())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(written);
  }

  Optional<String> labelOf(String state) {
    return labels.entrySet().stream()
        .filter(it -> Issue.folded(it.getKey()).equals(Issue.folded(state)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// The labels in the way of a state: those of all others.
  List<String> labelsBut(String state, List<String> itsLabels) {
    var mine = labelOf(state).map(Issue::folded).orElse("");
    return labels.values().stream()
        .filter(it -> itsLabels.contains(Issue.folded(it)) && !Issue.folded(it).equals(mine))
        .distinct()
        .toList();
  }

  /// What to ask for to see every issue in these states, and as little else as can be.
  Set<Query> queries(List<String> states) {
    var folded = states.stream().map(Issue::folded).collect(Collectors.toSet());
    if (folded.contains(open) && folded.contains(CLOSED)) {
      return Set.of(new Query("all", ""));
    }
    var queries = new LinkedHashSet<Query>();
    if (folded.contains(CLOSED)) {
      queries.add(new Query(CLOSED, ""));
    }
    if (folded.contains(open)) {
      queries.add(new Query(open, ""));
      return queries;
    }
    states.forEach(it -> labelOf(it).ifPresent(label -> queries.add(new Query(open, label))));
    return queries;
  }

  boolean isNative(String state) {
    return Issue.folded(state).equals(open) || Issue.folded(state).equals(CLOSED);
  }

  /// One list to ask for.
  ///
  /// @param label empty for any
  record Query(String state, String label) {}
}

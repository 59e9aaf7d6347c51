package dev.millwright.triage.adapter.board;

import dev.millwright.triage.domain.Issue;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How urgent a ticket is by what a board calls it: 1 is the most urgent, 4 the least, 0 says
/// nothing.
///
/// @param byName by name or label, as `plain` writes it
record Priorities(Map<String, Integer> byName) {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("highest", 1),
          Map.entry("urgent", 1),
          Map.entry("blocker", 1),
          Map.entry("critical", 1),
          Map.entry("high", 2),
          Map.entry("major", 2),
          Map.entry("medium", 3),
          Map.entry("normal", 3),
          Map.entry("low", 4),
          Map.entry("minor", 4),
          Map.entry("lowest", 4),
          Map.entry("trivial", 4));
  private static final Map<String, Integer> LABELS =
      Map.ofEntries(
          Map.entry("p0", 1),
          Map.entry("p1", 1),
          Map.entry("p2", 2),
          Map.entry("p3", 3),
          Map.entry("p4", 4),
          Map.entry("priority:critical", 1),
          Map.entry("priority:urgent", 1),
          Map.entry("priority:high", 2),
          Map.entry("priority:medium", 3),
          Map.entry("priority:low", 4));

  Priorities {
    byName = Map.copyOf(byName);
  }

  /// The usual words, and those of `provider.priorities`, which count more.
  static Priorities named(ProviderKeys keys) {
    var names = new HashMap<>(NAMES);
    names.putAll(written(keys, "priorities"));
    return new Priorities(names);
  }

  /// The labels of `provider.priority_labels`, or the usual ones if there are none.
  static Priorities labelled(ProviderKeys keys) {
    var labels = written(keys, "priority_labels");
    return new Priorities(labels.isEmpty() ? LABELS : labels);
  }

  private static Map<String, Integer> written(ProviderKeys keys, String key) {
    var priorities = new HashMap<String, Integer>();
    keys.names(key)
        .forEach((name, priority) -> {
          if (priority.matches("[0-4]")) {
            priorities.put(plain(name), Integer.valueOf(priority));
          } else {
            var what = "'" + name + ": " + priority + "' is no priority";
            var fix = "write 1 (most urgent) to 4, or 0 for none";
            keys.wrong(keys.code("invalid", key), "provider." + key, what, fix);
          }
        });
    return priorities;
  }

  int of(String name) {
    return byName.getOrDefault(plain(name), 0);
  }

  /// The most urgent that one of these labels says.
  int among(Collection<String> labels) {
    return labels.stream().mapToInt(this::of).filter(it -> it > 0).min().orElse(0);
  }

  /// `Priority / High`, `priority::high` and `priority:high` say the same.
  static String plain(String label) {
    return Issue.folded(label).replaceAll("\\s*[:/]+\\s*", ":");
  }
}

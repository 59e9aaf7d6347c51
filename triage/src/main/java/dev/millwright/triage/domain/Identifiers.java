package dev.millwright.triage.domain;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What makes two requests different however alike they read: `4.1.118` and `4.1.121`, two advisory
/// numbers, two files, two codes, two products.
final class Identifiers {
  private enum Sort {
    ADVISORY,
    VERSION,
    FILE,
    CODE,
    NAME,
    ACRONYM,
    NUMBER,
    PROPER
  }

  private static final Map<Sort, Pattern> PATTERNS =
      new EnumMap<>(
          Map.of(
              Sort.ADVISORY, Pattern.compile("(?i)\\b(?:cve-\\d{4}-\\d+|ghsa(?:-\\w{4}){3})\\b"),
              Sort.VERSION, Pattern.compile("(?<![\\w.])v?\\d+(?:\\.\\d+)+[\\w-]*"),
              Sort.FILE, Pattern.compile("\\b[\\w-]+\\.[a-z][a-z0-9]{0,4}\\b(?!\\()"),
              Sort.CODE, Pattern.compile("\\b[45]\\d\\d\\b"),
              Sort.NAME,
                  Pattern.compile("\\b(?:[A-Z][a-z0-9]+[A-Z]\\w*|[a-z]+[A-Z]\\w*|\\w+_\\w+)\\b"),
              Sort.ACRONYM, Pattern.compile("\\b[A-Z]{2,6}\\b"),
              Sort.NUMBER, Pattern.compile("(?<![\\w.])\\d+(?![\\w.]*\\w)"),
              Sort.PROPER, Pattern.compile("(?<=[\\p{L}\\d,] )[A-Z][a-z]{2,}\\b")));

  /// The ones a text of any length gives away; the others count in titles only.
  private static final Set<Sort> TELLING =
      Set.of(Sort.ADVISORY, Sort.VERSION, Sort.FILE, Sort.CODE);

  private Identifiers() {}

  private record Found(Map<Sort, Set<String>> all) {
    Set<String> of(Sort sort) {
      return all.getOrDefault(sort, Set.of());
    }
  }

  /// What tells two requests apart; empty where nothing does.
  static Optional<String> differ(String title, String body, String otherTitle, String otherBody) {
    var mine = of(title + "\n" + body);
    var theirs = of(otherTitle + "\n" + otherBody);
    var titled = of(title);
    var otherTitled = of(otherTitle);
    for (var sort : Sort.values()) {
      var only = without(titled.of(sort), theirs.of(sort));
      var otherOnly = without(otherTitled.of(sort), mine.of(sort));
      if (!only.isEmpty() && !otherOnly.isEmpty()) {
        return Optional.of(apart(only, otherOnly));
      }
    }
    return TELLING.stream()
        .filter(sort -> !mine.of(sort).isEmpty() && !theirs.of(sort).isEmpty())
        .filter(sort -> without(mine.of(sort), theirs.of(sort)).size() == mine.of(sort).size())
        .sorted()
        .findFirst()
        .map(sort -> apart(mine.of(sort), theirs.of(sort)));
  }

  private static Found of(String text) {
    var found = new EnumMap<Sort, Set<String>>(Sort.class);
    PATTERNS.forEach((sort, pattern) -> {
      var all = new HashSet<String>();
      pattern.matcher(text).results().limit(200).forEach(it -> all.add(Words.lower(it.group())));
      found.put(sort, all);
    });
    return new Found(found);
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    var left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static String apart(Set<String> one, Set<String> other) {
    return Words.line(first(one), 60) + " is not " + Words.line(first(other), 60);
  }

  private static String first(Set<String> some) {
    return List.copyOf(some).stream().sorted().findFirst().orElseThrow();
  }
}

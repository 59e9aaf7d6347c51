package dev.millwright.triage.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Kind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells what kind of work a signal asks for: by its own word, its labels, its facts, its words, in
/// this order of trust.
final class Kinds {
  /// What a title says counts so much more than what the text below it says.
  private static final double TITLE = 1.6;

  private static final double SURE_AT = 6;
  private static final double DESCRIBED = 3;
  private static final int MOST_NAMED = 3;

  private static final Map<String, Kind> NAMES =
      Map.ofEntries(
          Map.entry("bug", Kind.BUG),
          Map.entry("fix", Kind.BUG),
          Map.entry("defect", Kind.BUG),
          Map.entry("regression", Kind.BUG),
          Map.entry("error", Kind.BUG),
          Map.entry("incident", Kind.BUG),
          Map.entry("dependency", Kind.DEPENDENCY),
          Map.entry("dependencies", Kind.DEPENDENCY),
          Map.entry("deps", Kind.DEPENDENCY),
          Map.entry("vulnerability", Kind.VULNERABILITY),
          Map.entry("security", Kind.VULNERABILITY),
          Map.entry("advisory", Kind.VULNERABILITY),
          Map.entry("cve", Kind.VULNERABILITY),
          Map.entry("migration", Kind.MIGRATION),
          Map.entry("migrate", Kind.MIGRATION),
          Map.entry("refactor", Kind.MIGRATION),
          Map.entry("refactoring", Kind.MIGRATION),
          Map.entry("deprecation", Kind.MIGRATION),
          Map.entry("tests", Kind.TESTS),
          Map.entry("test", Kind.TESTS),
          Map.entry("flaky", Kind.TESTS),
          Map.entry("docs", Kind.DOCS),
          Map.entry("documentation", Kind.DOCS),
          Map.entry("chore", Kind.CHORE),
          Map.entry("cleanup", Kind.CHORE),
          Map.entry("ci", Kind.CHORE),
          Map.entry("feature", Kind.FEATURE),
          Map.entry("enhancement", Kind.FEATURE),
          Map.entry("question", Kind.QUESTION),
          Map.entry("support", Kind.QUESTION));

  private Kinds() {}

  static Judged<Kind> judge(Signal signal) {
    var request = signal.request();
    return said(request.kind())
        .or(() -> labelled(request.labels()))
        .or(() -> told(signal))
        .orElseGet(() -> worded(request));
  }

  private static Optional<Judged<Kind>> said(@Nullable String word) {
    return word == null
        ? Optional.empty()
        : named(word).map(kind -> new Judged<>(kind, 1.0, "the sender says " + kind));
  }

  private static Optional<Judged<Kind>> labelled(List<String> labels) {
    return labels.stream()
        .limit(50)
        .flatMap(label ->
            named(label).stream()
                .map(kind -> new Judged<>(kind, 0.95, "label " + Words.line(label, 40))))
        .findFirst();
  }

  /// `kind/bug`, `type: bug` and `Bug` all name a bug.
  private static Optional<Kind> named(String word) {
    var last = Words.lower(word).strip().replaceFirst("^.{0,40}[/:]\\s*", "");
    return Optional.ofNullable(NAMES.get(last));
  }

  private static Optional<Judged<Kind>> told(Signal signal) {
    var facts = signal.facts();
    if (signal.key().value().startsWith("osv:") || facts.containsKey("advisory")) {
      return Optional.of(new Judged<>(Kind.VULNERABILITY, 0.95, "it comes from an advisory"));
    }
    var recipe = facts.getOrDefault("recipe", "");
    if (recipe.equals("upgrade-dependency") || Dependency.of(facts).isPresent()) {
      return Optional.of(
          new Judged<>(Kind.DEPENDENCY, 0.95, "it names a dependency and a version"));
    }
    return recipe.isBlank()
        ? Optional.empty()
        : Optional.of(new Judged<>(Kind.MIGRATION, 0.8, "it names a recipe"));
  }

  private record Heard(Kind kind, double weight, String where, String words) {}

  /// The kind most is said for; the closer the next one, the less sure.
  private static Judged<Kind> worded(Request request) {
    var heard =
        serious(
            Stream.concat(
                    hear(request.title(), TITLE, "title"),
                    hear(Prose.of(request.body()), 1, "text"))
                .toList());
    var sums =
        heard.stream()
            .collect(
                groupingBy(
                    Heard::kind, () -> new EnumMap<>(Kind.class), summingDouble(Heard::weight)));
    if (sums.isEmpty()) {
      return new Judged<>(Kind.CHORE, 0.3, "nothing in it tells the kind, so it is a chore");
    }
    var ranked =
        sums.entrySet().stream()
            .sorted(
                Map.Entry.<Kind, Double>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .toList();
    var first = ranked.getFirst();
    var next = ranked.size() > 1 ? ranked.get(1).getValue() : 0;
    var lead = (first.getValue() - next) / first.getValue();
    var loud = Math.min(1, first.getValue() / SURE_AT);
    return new Judged<>(first.getKey(), 0.3 + 0.35 * lead + 0.3 * loud, why(first.getKey(), heard));
  }

  /// Who asks why something is wrong, and goes on to describe it, asks for work.
  private static List<Heard> serious(List<Heard> heard) {
    var described =
        heard.stream()
            .anyMatch(it ->
                it.kind() != Kind.QUESTION
                    && it.where().equals("text")
                    && it.weight() >= DESCRIBED);
    return described ? heard.stream().filter(it -> it.kind() != Kind.QUESTION).toList() : heard;
  }

  private static Stream<Heard> hear(String text, double factor, String where) {
    return KindCues.ALL.stream()
        .flatMap(cue ->
            cue.in(text).stream()
                .map(words -> new Heard(cue.of(), cue.weight() * factor, where, words)));
  }

  private static String why(Kind kind, List<Heard> heard) {
    return heard.stream()
        .filter(it -> it.kind() == kind)
        .sorted(Comparator.comparingDouble(Heard::weight).reversed())
        .limit(MOST_NAMED)
        .map(it -> "its " + it.where() + " says \"" + it.words() + "\"")
        .reduce((one, other) -> one + ", " + other)
        .orElseThrow();
  }
}

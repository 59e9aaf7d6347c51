package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells what kind of work a signal asks for: by its own word, its labels, its facts, its words, in
/// this order of trust.
final class Kinds {
  private static final int MOST_BODY_CHARACTERS = 4_000;

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

  /// The first rule that finds its words wins; more specific kinds come first.
  private static final List<Rule> RULES =
      List.of(
          rule(Kind.VULNERABILITY, "cve-\\d|ghsa-|vulnerab|advisory|security (?:hole|issue|fix)"),
          rule(
              Kind.TESTS,
              "(?:flaky|broken|failing|missing) tests?|test (?:fails|coverage)|unit tests?"),
          rule(
              Kind.DEPENDENCY,
              "(?:upgrade|update|bump|downgrade) \\S+ (?:to|from) v?\\d|dependenc(?:y|ies)|outdated librar"),
          rule(Kind.MIGRATION, "migrat|deprecat|refactor|replace (?:all|every|uses)|rename "),
          rule(Kind.DOCS, "documentation|readme|changelog|typo|javadoc|\\bdocs?\\b"),
          rule(
              Kind.BUG,
              "\\bbug\\b|\\bfix|broken|crash|exception|\\bfails?\\b|\\berror|wrong|regression|stack ?trace|does ?n.t work"),
          rule(Kind.CHORE, "clean ?up|chore|lint|format|unused"),
          rule(Kind.FEATURE, "\\badd\\b|support|implement|introduce|allow|\\bnew\\b|feature"));

  private static final Pattern ASKING =
      Pattern.compile(
          "(?:how|what|why|when|where|who|which|is|are|can|could|does|do|should)\\b.*\\?");

  private Kinds() {}

  /// A kind, how sure triage is, and why.
  record Judged(Kind kind, double confidence, String why) {}

  private record Rule(Kind kind, Pattern words) {}

  private static Rule rule(Kind kind, String words) {
    return new Rule(kind, Pattern.compile(words));
  }

  static Judged judge(Signal signal) {
    var request = signal.request();
    return said(request.kind())
        .map(kind -> new Judged(kind, 1.0, "the sender says " + kind))
        .or(() -> labelled(request.labels()))
        .or(() -> told(signal))
        .or(() -> worded(Words.lower(request.title()), 0.8, "title"))
        .or(() -> asked(Words.lower(request.title())))
        .or(() -> worded(head(Words.lower(request.body())), 0.6, "text"))
        .orElseGet(
            () -> new Judged(Kind.CHORE, 0.3, "nothing in it tells the kind, so it is a chore"));
  }

  private static Optional<Kind> said(@org.jspecify.annotations.Nullable String word) {
    return word == null ? Optional.empty() : named(word);
  }

  private static Optional<Judged> labelled(List<String> labels) {
    return labels.stream()
        .limit(50)
        .flatMap(label ->
            named(label).stream()
                .map(kind -> new Judged(kind, 0.95, "label " + Words.line(label, 40))))
        .findFirst();
  }

  /// `kind/bug`, `type: bug` and `Bug` all name a bug.
  private static Optional<Kind> named(String word) {
    var last = Words.lower(word).strip().replaceFirst("^.{0,40}[/:]\\s*", "");
    return Optional.ofNullable(NAMES.get(last));
  }

  private static Optional<Judged> told(Signal signal) {
    var facts = signal.facts();
    if (signal.key().value().startsWith("osv:") || facts.containsKey("advisory")) {
      return Optional.of(new Judged(Kind.VULNERABILITY, 0.95, "it comes from an advisory"));
    }
    var recipe = facts.getOrDefault("recipe", "");
    if (recipe.equals("upgrade-dependency") || Dependency.of(facts).isPresent()) {
      return Optional.of(new Judged(Kind.DEPENDENCY, 0.95, "it names a dependency and a version"));
    }
    return recipe.isBlank()
        ? Optional.empty()
        : Optional.of(new Judged(Kind.MIGRATION, 0.8, "it names a recipe"));
  }

  private static Optional<Judged> worded(String text, double confidence, String where) {
    return RULES.stream()
        .flatMap(rule -> {
          var found = rule.words().matcher(text);
          return found.find()
              ? Optional.of(
                  new Judged(
                      rule.kind(),
                      confidence,
                      "its " + where + " says \"" + Words.line(found.group(), 40) + "\""))
                  .stream()
              : java.util.stream.Stream.<Judged>empty();
        })
        .findFirst();
  }

  private static Optional<Judged> asked(String title) {
    return ASKING.matcher(title.strip()).matches()
        ? Optional.of(new Judged(Kind.QUESTION, 0.7, "its title is a question"))
        : Optional.empty();
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), MOST_BODY_CHARACTERS));
  }
}

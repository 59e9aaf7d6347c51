package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Diagnostic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds secrets in the lines a change adds. What it found is never repeated in its words.
final class SecretGuard {
  private static final String SOURCE = "secrets";
  private static final int LONGEST_LINE = 4_000;
  private static final int MOST_FOUND = 20;
  private static final double RANDOM_BITS = 4.0;

  private static final List<Rule> RULES =
      List.of(
          rule("a private key", "-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----"),
          rule("an AWS access key", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          rule("a GitHub token", "\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
          rule("a GitLab token", "\\bglpat-[A-Za-z0-9_-]{20,}"),
          rule("a Slack token", "\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
          rule("a model provider's key", "\\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}"),
          rule("a Google key", "\\bAIza[0-9A-Za-z_-]{35}\\b"),
          rule(
              "a password in an address",
              "\\b[a-z][a-z0-9+.-]{1,15}://[^\\s/:@\"'{}$<>]{1,60}:[^\\s/:@\"'{}$<>]{6,80}@"));

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:secret|passwo?r?d|token|api[_-]?key|private[_-]?key|credential)[\\w.-]{0,30}[\"']?\\s*[:=]\\s*[\"']([^\"'\\s]{16,200})[\"']");

  private SecretGuard() {}

  private record Rule(String name, Pattern pattern) {}

  private static Rule rule(String name, String pattern) {
    return new Rule(name, Pattern.compile(pattern));
  }

  static List<Diagnostic> check(Delta delta) {
    return delta.added().stream()
        .flatMap(line ->
            found(line.text().substring(0, Math.min(LONGEST_LINE, line.text().length())))
                .map(what ->
                    Diagnostic.error(
                        SOURCE,
                        "this line holds " + what + "; read it from the environment",
                        line.path(),
                        line.number()))
                .stream())
        .limit(MOST_FOUND)
        .toList();
  }

  private static Optional<String> found(String text) {
    var ruled = RULES.stream().filter(rule -> rule.pattern().matcher(text).find()).findFirst();
    if (ruled.isPresent()) {
      return ruled.map(Rule::name);
    }
    var assigned = ASSIGNED.matcher(text);
    return assigned.find() && bits(assigned.group(1)) >= RANDOM_BITS
        ? Optional.of("what looks like a random secret")
        : Optional.empty();
  }

  /// Shannon entropy per character: words have about 3, random base 64 above 4 at this length.
  static double bits(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    text.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
    return counts.values().stream()
            .mapToDouble(n -> -((double) n / text.length()) * Math.log((double) n / text.length()))
            .sum()
        / Math.log(2);
  }
}

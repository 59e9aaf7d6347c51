package dev.millwright.triage.adapter.board;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The few questions that are understood; whatever else is asked is an error, as an injected one
/// should be.
record JqlQuestion(List<String> states, int minutes, String order) {
  private static final String WORD = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern WHOLE =
      Pattern.compile(
          "project = "
              + WORD
              + "(?: AND status IN \\(("
              + WORD
              + "(?:, "
              + WORD
              + ")*)\\)| AND updated >= \"-(\\d+)m\")? ORDER BY ((?:created|updated)"
              + " (?:ASC|DESC))");

  static Optional<JqlQuestion> parse(String jql, String project) {
    var whole = WHOLE.matcher(jql);
    if (!whole.matches() || !meant(whole.group(1)).equals(project)) {
      return Optional.empty();
    }
    var states =
        whole.group(2) == null
            ? List.<String>of()
            : Pattern.compile(WORD)
                .matcher(whole.group(2))
                .results()
                .map(it -> meant(it.group(1)))
                .toList();
    var minutes = whole.group(5) == null ? -1 : Integer.parseInt(whole.group(5));
    return Optional.of(new JqlQuestion(states, minutes, whole.group(6)));
  }

  private static String meant(String quoted) {
    var unicode = Pattern.compile("\\\\u([0-9a-f]{4})").matcher(quoted);
    return unicode
        .replaceAll(it -> String.valueOf((char) Integer.parseInt(it.group(1), 16)))
        .replaceAll("\\\\(.)", "$1");
  }
}

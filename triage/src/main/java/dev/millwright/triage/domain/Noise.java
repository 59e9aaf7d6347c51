package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what was never meant as work: empty forms, advertising, kind words.
final class Noise {
  private static final List<Cue<String>> ADVERTISING =
      List.of(
          cue("casino|viagra|\\bloans?\\b"),
          cue("followers|backlinks|\\bseo\\b"),
          cue("earn \\$|per week from home|work from home"),
          cue("click here|limited offer|best price|no deposit|cheap"),
          cue("crypto|giveaway|bonus"));

  private static final Cue<String> KIND =
      cue("nice (?:project|work|job)|keep up the|great (?:project|work|job)|thank you|thanks for");

  /// Titles that name no outcome by themselves.
  private static final Set<String> HOLLOW =
      Set.of(
          "todo",
          "issue",
          "bug",
          "bug report",
          "feature request",
          "test",
          "testing",
          "help",
          "question",
          "fix",
          "fix it",
          "untitled",
          "task",
          "asdf",
          "qwer",
          "qwerty",
          "foo",
          "xxx",
          "aaa",
          "blah",
          "tbd");

  private Noise() {}

  /// Whether nothing is said, neither in the title nor below it.
  static boolean empty(Request request) {
    return hollow(Prose.title(request.title())) && hollow(Prose.of(request.body()));
  }

  /// Why it is no work, where that is plain. Nobody who may start work is told so.
  static Optional<String> judge(Signal signal) {
    var trust = signal.author().trust();
    if (trust == Author.Trust.OPERATOR || trust == Author.Trust.MACHINE) {
      return Optional.empty();
    }
    var text = signal.request().title() + "\n" + Prose.of(signal.request().body());
    var found = ADVERTISING.stream().flatMap(cue -> cue.in(text).stream()).toList();
    if (found.size() > 1) {
      return Optional.of(
          "it reads like advertising: it says \"" + String.join("\", \"", found) + "\"");
    }
    return KIND.in(text)
        .filter(_ -> Terms.points(text).isEmpty() && Terms.speaking(text) < 6)
        .map(words -> "kind words and no work: it says \"" + words + "\"");
  }

  private static boolean hollow(String text) {
    var plain = Words.lower(Words.line(text, 100)).replaceAll("[.!?:]+$", "");
    return !Words.say(plain) || HOLLOW.contains(plain);
  }

  private static Cue<String> cue(String words) {
    return Cue.of(words, 1, "(?iu)" + words);
  }
}

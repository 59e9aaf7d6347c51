package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether somebody who was not there could begin with what a request says; if not, the one
/// question whose answer would help most.
final class Clarity {
  private static final Pattern ORDER =
      Pattern.compile(
          "(?iu)^(?:add|allow|bump|change|convert|correct|cover|create|delete|deprecate|describe|document|drop|enable|explain|export|extract|fix|format|get|give|handle|hide|implement|import|improve|introduce|let|limit|log|make|merge|mend|migrate|move|pin|port|print|raise|reduce|refactor|remove|rename|repair|replace|return|rewrite|rotate|say|send|set|show|sort|split|store|support|switch|translate|update|upgrade|use|validate|write)\\b");

  /// What is missing where a request complains of something familiar. The first that fits is asked.
  private static final List<Cue<String>> MISSING =
      List.of(
          missing(
              "\\bslow|performance|\\bhangs?\\b|speed|latency",
              "Which page, command or request is it, how long does it take, and how long may it take?"),
          missing(
              "\\bafter (?:the |an? )?(?:last )?update|since (?:the )?(?:last )?(?:update|upgrade)",
              "Which version was it updated from and to, what is done when the error appears, and what does it say?"),
          missing(
              "\\b(?:an? )?(?:error|exception|crash)",
              "What does the error say, word for word, and what is done just before it appears?"),
          missing(
              "\\be?-?mails?\\b",
              "Which mail is it, to whom was it due, and what would have triggered it?"),
          missing(
              "\\bprices?\\b|\\bamount|\\btotal",
              "Of which article and where is it shown, which amount is shown, and which one is right?"),
          missing(
              "\\bcolou?rs?\\b|\\bbutton|\\blayout|\\blooks?\\b",
              "Which one is it, on which page, how does it look, and how should it look?"),
          missing(
              "\\bsso\\b|\\bsaml\\b|login",
              "Which provider and protocol is it for, and who may sign in that way?"),
          missing(
              "\\bgdpr\\b|\\blegal\\b|compliance",
              "Which data and which duty is it about: what has to be shown, exported or deleted, and when?"),
          missing(
              "usability|easier|modern|better",
              "Which page or step is hard to use today, and what should a user be able to do there instead?"));

  private Clarity() {}

  /// The value is the question to ask, empty where there is none.
  static Judged<Optional<String>> judge(Signal signal, Kind kind) {
    var request = signal.request();
    var text = Sensitivity.toPeople(Prose.title(request.title()) + "\n" + Prose.of(request.body()));
    var points = Terms.points(text);
    var words = Terms.speaking(text);
    var mechanical =
        !Origin.isAll(signal.facts()) || signal.author().trust() == Author.Trust.MACHINE;
    var needed = needed(request, kind);
    if (mechanical || !points.isEmpty() || words >= needed) {
      var why =
          points.isEmpty()
              ? "it says enough to begin with"
              : "it names " + Words.line(String.join(", ", points.stream().limit(3).toList()), 120);
      return new Judged<>(Optional.empty(), points.isEmpty() ? 0.7 : 0.9, why);
    }
    var why =
        "it names no place, version, message or example, and only " + words + " telling words";
    // Whoever runs the factory may be brief, as long as anything at all is named.
    return signal.author().trust() == Author.Trust.OPERATOR && words > 0
        ? new Judged<>(Optional.empty(), 0.5, why)
        : new Judged<>(Optional.of(question(request, kind)), 0.75, why);
  }

  /// An order says what to do; a complaint has to describe what was seen.
  private static int needed(Request request, Kind kind) {
    return ORDER.matcher(Prose.title(request.title())).find()
        ? 1
        : switch (kind) {
          case BUG, FEATURE -> 6;
          case VULNERABILITY, MIGRATION, CHORE -> 4;
          case DEPENDENCY, TESTS, DOCS -> 3;
          case QUESTION -> 1;
        };
  }

  private static String question(Request request, Kind kind) {
    var text = request.title() + "\n" + Prose.of(request.body());
    var missing =
        MISSING.stream()
            .filter(_ -> kind == Kind.BUG || kind == Kind.FEATURE)
            .filter(cue -> cue.in(text).isPresent())
            .map(Cue::of)
            .findFirst()
            .orElseGet(() -> usual(kind));
    return "\""
        + Words.line(request.title(), 80)
        + "\" does not say enough to begin with. "
        + missing;
  }

  private static String usual(Kind kind) {
    return switch (kind) {
      case BUG ->
          "On which page or in which function does it happen, what was expected, and what happened instead?";
      case FEATURE ->
          "What should a user be able to do that is not possible now, and on which page or in which command?";
      case DOCS -> "Which page or section is wrong, and what should it say?";
      case TESTS ->
          "Which class or behaviour is it about: a test that fails (which one, with which message), or one that is missing?";
      case MIGRATION -> "Which classes or modules are to change, from what to what?";
      case DEPENDENCY -> "Which library is it, and which version should it have?";
      case VULNERABILITY -> "Which component or endpoint is it about, and how can it be abused?";
      case CHORE, QUESTION ->
          "What exactly should be different afterwards, and in which file or module?";
    };
  }

  private static Cue<String> missing(String words, String question) {
    return Cue.of(question, 1, "(?iu)" + words);
  }
}

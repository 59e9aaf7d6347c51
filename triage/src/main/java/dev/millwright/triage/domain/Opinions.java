package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import java.util.ArrayList;
import java.util.Optional;

/// What a model's opinion may change.
final class Opinions {
  /// Below this the rules themselves hardly know which of two kinds it is.
  private static final double TIE = 0.55;

  private static final double DISAGREEMENT = 0.85;

  private Opinions() {}

  /// The kind, with a tie broken; the model cannot make a request a question, which would end it.
  static Kind kind(Contract.Finding judged, Kind kind, Opinion opinion) {
    return opinion instanceof Opinion.Given(var other, _, _, _)
            && judged.confidence() < TIE
            && other != Kind.QUESTION
        ? other
        : kind;
  }

  static boolean sensitive(Opinion opinion) {
    return opinion instanceof Opinion.Given(_, _, var sensitive, _) && sensitive;
  }

  static Optional<String> question(Opinion opinion) {
    return opinion instanceof Opinion.Given given
        ? Optional.ofNullable(given.question()).map(question -> Words.line(question, 300))
        : Optional.empty();
  }

  /// Adds what the model thinks to what the rules found.
  static Tally heard(Tally tally, Opinion opinion, Kind kind, Size size) {
    return switch (opinion) {
      case Opinion.NotAsked _ -> tally;
      case Opinion.Absent(var why) ->
          tally.knowing(
              new Contract.Finding("model", "absent", 1, "the rules decide alone: " + why));
      case Opinion.Given given -> {
        var differs = new ArrayList<String>();
        if (given.kind() != kind) {
          differs.add("it would be " + Words.lower(given.kind().name()));
        }
        if (given.large() && size.compareTo(Size.LARGE) < 0) {
          differs.add("it seems large");
        }
        yield differs.isEmpty()
            ? tally.knowing(new Contract.Finding("model", "agrees", 0.7, "a model reads it alike"))
            : tally.doubting(
                new Contract.Finding(
                    "model", "differs", 0.7, "to a model " + String.join(" and ", differs)),
                DISAGREEMENT);
      }
    };
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Decision;
import java.util.Optional;

/// What people have said so far that triage has to listen to.
final class Answers {
  private Answers() {}

  static Optional<String> latest(Context context) {
    return context.decisions().reversed().stream()
        .map(Context.Decided::decision)
        .filter(decision -> isAnswer(decision.verb()) && !decision.text().isBlank())
        .map(Decision::text)
        .findFirst();
  }

  /// Whether a person has looked at it and wants it to go on.
  static boolean insists(Context context) {
    return context.decisions().stream()
        .map(said -> said.decision().verb())
        .anyMatch(verb -> isAnswer(verb) || verb == Decision.Verb.RETRY);
  }

  /// Whether it may be what a question was answered with: here, or on the ticket.
  static boolean isAnswer(Decision.Verb verb) {
    return verb == Decision.Verb.ANSWER || verb == Decision.Verb.REMARK;
  }

  /// Whether a person let this very work start.
  ///
  /// The contract is handed in together with the wait for approval, so what was approved is what
  /// the contract says: an outsider who rewrites the request afterwards needs a new approval.
  static boolean approve(Context context, String task) {
    var decided =
        context.decisions().stream()
            .map(said -> said.decision().verb())
            .anyMatch(verb -> verb == Decision.Verb.APPROVE || verb == Decision.Verb.ANSWER);
    var unchanged =
        context.contract().map(Contract::task).map(agreed -> agreed.startsWith(task)).orElse(true);
    return decided && unchanged;
  }
}

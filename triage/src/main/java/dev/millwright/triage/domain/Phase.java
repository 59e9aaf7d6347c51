package dev.millwright.triage.domain;

import dev.millwright.shared.settings.BoardSettings.WriteBack;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.util.Optional;

/// How far an item is, in the few steps that people who follow its ticket care about.
///
/// An item that looks after its review now and then stays in the same step meanwhile, so that a
/// ticket is not written upon again and again.
public enum Phase {
  /// What is to be done is being found out.
  TRIAGE("It is being looked at: what is to be done, where, and by whom."),
  WORK("An agent works on it."),
  CHECKS("The change is being checked."),
  OPENING("The change passed and is being opened for review."),
  REVIEW("The change waits for review."),
  LANDING("The change was approved and is about to land."),
  LANDED("The change landed and is being watched."),
  /// A person has to say something first.
  QUESTION("It waits for an answer:"),
  APPROVAL("It waits for somebody's approval before anything is done:"),
  LATER("It goes on by itself a little later."),
  BUDGET("Its budget is used up. A person has to decide whether it goes on:"),
  DONE("Done."),
  REJECTED("The change was rejected:"),
  GIVEN_UP("It was given up:"),
  CANCELLED("The work was stopped:"),
  DROPPED("Nothing will be done about it:"),
  DUPLICATE("It is the same as other work:");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  /// In a sentence; one that ends with a colon is followed by the reason.
  public String words() {
    return words;
  }

  public static Phase of(Known item) {
    return switch (item) {
      case Finished(_, _, var result, _) -> ended(result);
      case Waiting(_, _, var on, _, _) -> waiting(item, on);
      case Known _ -> moving(item);
    };
  }

  /// Where a ticket belongs in this step; empty where the step says nothing about it.
  public Optional<String> state(WriteBack policy) {
    return switch (this) {
      case WORK, CHECKS, OPENING -> Optional.of(policy.started());
      // Without a state of its own a review belongs to the work, which may be over so soon that
      // nobody saw it.
      case REVIEW, LANDING ->
          Optional.of(policy.review().isBlank() ? policy.started() : policy.review());
      case LANDED, DONE -> Optional.of(policy.done());
      case TRIAGE,
          QUESTION,
          APPROVAL,
          LATER,
          BUDGET,
          REJECTED,
          GIVEN_UP,
          CANCELLED,
          DROPPED,
          DUPLICATE ->
          Optional.empty();
    };
  }

  private static Phase ended(Result result) {
    return switch (result) {
      case DONE -> DONE;
      case REJECTED -> REJECTED;
      case GIVEN_UP -> GIVEN_UP;
      case CANCELLED -> CANCELLED;
      case DROPPED -> DROPPED;
      case DUPLICATE -> DUPLICATE;
    };
  }

  private static Phase waiting(Known item, WaitingOn on) {
    return switch (on) {
      case REVIEW -> REVIEW;
      case ANSWER -> QUESTION;
      case APPROVAL -> APPROVAL;
      case BUDGET -> BUDGET;
      case LANDING -> LANDING;
      case TIME, CAPACITY -> moving(item) == LANDED ? LANDED : LATER;
    };
  }

  private static Phase moving(Known item) {
    return switch (item.stage()) {
      case TRIAGE -> TRIAGE;
      case CODEGEN -> WORK;
      case VALIDATION -> CHECKS;
      case RELEASE -> releasing(item);
      case DOCUMENTATION, MONITORING -> LANDED;
    };
  }

  private static Phase releasing(Known item) {
    var context = item.dossier().context();
    if (context.approved()) {
      return LANDING;
    }
    var commit = context.change().map(Change::revision).map(Change.Revision::commit);
    return context
            .proposal()
            .filter(it -> commit.filter(it.commit()::equals).isPresent())
            .isPresent()
        ? REVIEW
        : OPENING;
  }
}

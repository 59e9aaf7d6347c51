package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Continuation;
import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.FailureKind;
import java.time.Instant;

/// The turns of one attempt, on one session, until there is nothing more to say.
///
/// @param look whether the workspace is as it was at the start
/// @param most as many turns
record Conversation(Assignment work, AgentSession session, Desk desk, Look look, int most) {

  /// Looks at a workspace.
  @FunctionalInterface
  interface Look {
    boolean untouched() throws InterruptedException;
  }

  AgentOutcome hold(Words first) throws InterruptedException {
    try (var ears = Ears.open(work.words(), session, desk.transcript())) {
      return hold(first, ears);
    }
  }

  private AgentOutcome hold(Words first, Ears ears) throws InterruptedException {
    var words = first;
    var heard = work.lease().since();
    var asked = false;
    for (int turns = 1; true; turns++) {
      var ended = desk.settled(session.turn(words));
      if (ended instanceof AgentOutcome.Failed) {
        return ended;
      }
      heard = heard.isAfter(ears.passed()) ? heard : ears.passed();
      mark(heard);
      var kept = ears.kept();
      var idle = !asked && ended instanceof AgentOutcome.Done && idle();
      var unheard = kept.stream().map(Context.Decided::decision).toList();
      var turn = new Continuation.Turn(end(ended), turns, unheard, idle);
      switch (Continuation.next(turn, most)) {
        case Continuation.Next.Enough _ -> {
          return ended instanceof AgentOutcome.BrokeOff(var reason)
              ? AgentOutcome.failed(FailureKind.CONTEXT, reason)
              : ended;
        }
        case Continuation.Next.Again(var why, var news) -> {
          if (desk.standing() instanceof Tickets.Standing.Over(var reason)) {
            return new AgentOutcome.CalledOff(reason);
          }
          desk.transcript().say("another turn: " + why);
          words = words.then(news);
          heard = kept.isEmpty() ? heard : kept.getLast().at();
          asked |= idle && kept.isEmpty();
        }
      }
    }
  }

  private boolean idle() throws InterruptedException {
    return session.remembers() && look.untouched();
  }

  /// Durable before the next turn. Others may work on the same item: the mark never goes back.
  private void mark(Instant heard) throws InterruptedException {
    var marked = work.checkpointed(Dossier.HEARD).map(Instant::parse).orElse(Instant.MIN);
    if (heard.isAfter(work.lease().since()) && heard.isAfter(marked)) {
      work.checkpoint(Dossier.HEARD, heard.toString());
    }
  }

  private static Continuation.End end(AgentOutcome ended) {
    return switch (ended) {
      case AgentOutcome.Done _ -> Continuation.End.DONE;
      case AgentOutcome.NothingToDo _ -> Continuation.End.NOTHING_TO_DO;
      case AgentOutcome.Asks _ -> Continuation.End.ASKS;
      case AgentOutcome.BrokeOff _ -> Continuation.End.BROKE_OFF;
      case AgentOutcome.Failed _, AgentOutcome.CalledOff _ ->
          throw new IllegalStateException("such a turn ends it all");
    };
  }
}

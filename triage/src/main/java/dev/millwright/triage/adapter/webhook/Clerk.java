package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.TriggerSettings.Limit;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.adapter.webhook.Delivery.Verdict;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.domain.Ruling;
import dev.millwright.triage.port.Boards;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Does what a ruling says, and says what came of it. Done once more it changes nothing: an item is
/// found by its key, and what it knows already is not said to it again. Waits for answers.
record Clerk(Items items, Boards boards, Inbox inbox) {

  /// What came of a ruling.
  ///
  /// @param item the item it led to, if any
  record Result(Verdict verdict, String rule, String reason, Optional<ItemId> item) {}

  Result carryOut(Ruling ruling, Instant now) {
    return switch (ruling) {
      case Ruling.Nothing(var rule, var reason) -> nothing(rule, reason);
      case Ruling.Look(var board, var reason) -> {
        var _ = answer(boards.refresh(board));
        yield new Result(Verdict.REFRESHED, "", reason, Optional.empty());
      }
      case Ruling.Work work -> work(work, now);
      case Ruling.Say say -> say(say, now);
    };
  }

  private Result work(Ruling.Work work, Instant now) {
    var known = known(work.signal().key());
    if (known.isPresent()) {
      return again(work, known.get());
    }
    if (spent(work.rule(), work.limit(), now)) {
      return new Result(
          Verdict.LIMITED,
          work.rule(),
          "rule %s has made %d items within %s, which is all it may; replay this later"
              .formatted(work.rule(), work.limit().most(), work.limit().window()),
          Optional.empty());
    }
    return received(work, "an item was made");
  }

  private boolean spent(String rule, Limit limit, Instant now) {
    return limit.most() > 0 && inbox.worked(rule, now.minus(limit.window())) >= limit.most();
  }

  /// The item is there: what is older than what it knows is left, and what is no reason to begin
  /// anew does not.
  private Result again(Ruling.Work work, Known item) {
    var id = item.dossier().id();
    var signal = item.dossier().context().signal();
    var seen = updatedAt(signal);
    var at = work.at();
    if (signal.equals(work.signal())) {
      return new Result(
          Verdict.WORK, work.rule(), work.reason() + "; the item knows it", Optional.of(id));
    }
    if (at != null && seen != null && at.isBefore(seen)) {
      return nothing(work.rule(), "it is older than what item " + id + " knows");
    }
    if (item instanceof Finished && !(work.again() && isNews(at, seen))) {
      return nothing(
          work.rule(), "item " + id + " is finished, and this is no reason to begin anew");
    }
    return received(
        work, item instanceof Finished ? "the item begins anew" : "the item was told the news");
  }

  private static boolean isNews(@Nullable Instant at, @Nullable Instant seen) {
    return at == null || seen == null || at.isAfter(seen);
  }

  private Result received(Ruling.Work work, String what) {
    var received = answer(items.receive(work.signal()));
    return new Result(
        Verdict.WORK, work.rule(), work.reason() + "; " + what, Optional.of(received.id()));
  }

  /// Whoever waits for an answer or a review gets it, an agent at work hears it, and the next
  /// attempt reads it. It lets nothing begin that waits for approval.
  private Result say(Ruling.Say say, Instant now) {
    var found = say.item().isEmpty() ? known(say.otherwise().signal().key()) : byId(say.item());
    var item = found.filter(it -> !(it instanceof Finished));
    if (item.isEmpty()) {
      return say.item().isEmpty()
          ? work(say.otherwise(), now)
          : nothing(say.otherwise().rule(), "item " + say.item() + " is not at work any more");
    }
    var id = item.get().dossier().id();
    var link = say.otherwise().signal().link();
    var decision =
        new Decision(
            verb(item.get()),
            say.otherwise().signal().source() + ":" + say.by(),
            link == null ? say.text() : say.text() + "\n\n" + link);
    if (isSaid(item.get(), decision)
        || (link != null && Remark.isSaid(item.get().dossier().context(), link))) {
      return new Result(
          Verdict.SAID, say.otherwise().rule(), "it was said to item " + id, Optional.of(id));
    }
    return switch (answer(items.decide(id, decision))) {
      case Items.Decided.Done _ ->
          new Result(
              Verdict.SAID,
              say.otherwise().rule(),
              say.reason() + "; it was said to item " + id,
              Optional.of(id));
      case Items.Decided.Refused(_, var message) ->
          new Result(Verdict.NOTHING, say.otherwise().rule(), message, Optional.of(id));
    };
  }

  private static Decision.Verb verb(Known item) {
    return switch (item) {
      case Waiting(_, _, var on, _, _) when on == WaitingOn.REVIEW -> Decision.Verb.REWORK;
      case Waiting _, Queued _, Running _, Finished _ -> Decision.Verb.REMARK;
    };
  }

  /// Each comment has an address of its own, so the same words twice are one comment that came
  /// twice.
  private static boolean isSaid(Known item, Decision decision) {
    return item.dossier().context().decisions().stream()
        .anyMatch(it ->
            it.decision().by().equals(decision.by())
                && it.decision().text().equals(decision.text()));
  }

  private Optional<Known> known(SignalKey key) {
    return Optional.of(ItemId.of(key))
        .flatMap(id -> has(id, key))
        .or(() -> has(ItemId.distinct(key), key));
  }

  private Optional<Known> has(ItemId id, SignalKey key) {
    return answer(items.get(id)).filter(it -> it.dossier().context().signal().key().equals(key));
  }

  private Optional<Known> byId(String id) {
    try {
      return answer(items.get(new ItemId(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Instant updatedAt(Signal signal) {
    var said = signal.facts().get("updated_at");
    try {
      return said == null ? null : Instant.parse(said);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Result nothing(String rule, String reason) {
    return new Result(Verdict.NOTHING, rule, reason, Optional.empty());
  }

  /// On a virtual thread; what failed, fails here.
  private static <T> T answer(CompletionStage<T> asked) {
    try {
      return asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (Objects.requireNonNullElse(e.getCause(), e) instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}

package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.journal.Codec;
import dev.millwright.shared.journal.EventNames;
import dev.millwright.shared.workitem.RandomLife.Step;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What must hold whatever an item is told, in whatever order.
///
/// Every run tries other lives; `-Dmillwright.seed=N -Dmillwright.lives=1` tells a failed one
/// again.
class WorkItemPropertyTest {
  private static final long SEED = Long.getLong("millwright.seed", System.nanoTime());
  private static final int LIVES = Integer.getInteger("millwright.lives", 1_000);
  private static final int COMMANDS = 60;
  private static final Limits LIMITS =
      new Limits(2, 3, 2, Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final WorkItem rules = new WorkItem(LIMITS);

  @Test
  void the_generation_never_decreases_and_every_attempt_gets_a_new_one() {
    everyStep(step -> {
      assertThat(generation(step.after())).isGreaterThanOrEqualTo(generation(step.before()));
      if (step.after() instanceof Running(var dossier, var stage, var lease)) {
        assertThat(lease.generation()).isEqualTo(dossier.generation());
        assertThat(lease.stage()).isEqualTo(stage);
        if (!(step.before() instanceof Running)) {
          assertThat(lease.generation()).isGreaterThan(generation(step.before()));
        }
      }
    });
  }

  @Test
  void only_the_outcome_of_the_running_lease_counts_and_a_stale_one_is_recorded() {
    everyStep(step -> {
      if (step.command() instanceof WorkItemCommand.End(var lease, _, _)) {
        var current = step.before() instanceof Running(_, _, var running) && running.equals(lease);
        assertThat(step.verdict() instanceof Verdict.Accept).isEqualTo(current);
        if (lease.generation() < generation(step.before())) {
          assertThat(RandomLife.eventsOf(step.verdict()))
              .singleElement()
              .isInstanceOf(WorkItemEvent.OutcomeRefused.class);
        }
      }
    });
  }

  @Test
  void an_attempt_ends_once_so_nothing_lands_twice() {
    everyLife((life, _) -> {
      var over = new HashSet<Long>();
      for (var event : life.journal()) {
        switch (event) {
          case WorkItemEvent.AttemptEnded(var lease, _, _, _) ->
              assertThat(over.add(lease.generation())).isTrue();
          case WorkItemEvent.AttemptLost(var lease, _, _, _) ->
              assertThat(over.add(lease.generation())).isTrue();
          case WorkItemEvent.SignalReceived _,
              WorkItemEvent.AttemptStarted _,
              WorkItemEvent.CheckpointReported _,
              WorkItemEvent.IntentRecorded _,
              WorkItemEvent.OutcomeRefused _,
              WorkItemEvent.DecisionMade _,
              WorkItemEvent.WaitEnded _ -> {}
        }
      }
    });
  }

  @Test
  void an_attempt_starts_in_its_turn_and_never_early() {
    everyStep(step -> {
      if (step.verdict() instanceof Verdict.Accept
          && step.command() instanceof WorkItemCommand.Begin(var stage, _, var at)) {
        assertThat(step.before()).isInstanceOf(Queued.class);
        assertThat(((Queued) step.before()).stage()).isEqualTo(stage);
        assertThat(((Queued) step.before()).notBefore()).isBeforeOrEqualTo(at);
      }
    });
  }

  @Test
  void the_counters_never_mix() {
    everyStep(step -> {
      var before = counts(step.before());
      var after = counts(step.after());
      var raised = 0;
      for (var at = 0; at < before.length; at++) {
        assertThat(after[at]).isIn(0, before[at], before[at] + 1);
        raised += after[at] > before[at] ? 1 : 0;
      }
      assertThat(raised).isLessThanOrEqualTo(1);
    });
  }

  @Test
  void an_item_past_a_limit_never_runs_again_by_itself() {
    everyStep(step -> {
      if (step.after() instanceof Queued || step.after() instanceof Running) {
        var counters = ((Known) step.after()).dossier().counters();
        assertThat(counters.failures()).isLessThanOrEqualTo(LIMITS.failures());
        assertThat(counters.continuations()).isLessThanOrEqualTo(LIMITS.continuations());
        assertThat(counters.losses()).isLessThanOrEqualTo(LIMITS.losses());
      }
    });
  }

  @Test
  void no_stage_is_skipped() {
    everyStep(step -> {
      if (step.before() instanceof Running(_, var stage, _)
          && step.after() instanceof Queued(_, var then, _)) {
        assertThat(then.ordinal()).isLessThanOrEqualTo(stage.ordinal() + 1);
      }
    });
  }

  @Test
  void a_stage_never_sees_the_checkpoints_of_another() {
    everyStep(step -> {
      if (step.before() instanceof Known before
          && step.after() instanceof Known after
          && before.stage() != after.stage()) {
        assertThat(after.dossier().checkpoints()).isEmpty();
      }
    });
  }

  @Test
  void what_is_refused_or_already_done_changes_nothing() {
    everyStep(step -> {
      if (!(step.verdict() instanceof Verdict.Accept)) {
        assertThat(step.after()).isEqualTo(step.before());
      }
    });
  }

  @Test
  void no_talk_pushes_out_what_people_decided_and_no_more_is_kept_than_fits() {
    everyLife((_, last) -> {
      if (last.after() instanceof Known before && !(before instanceof Finished)) {
        var talkedTo = talkedTo(before, last.command().at());
        assertThat(decisions(talkedTo)).isEqualTo(decisions(before));
        assertThat(talkedTo.dossier().context().approvers())
            .isEqualTo(before.dossier().context().approvers());
        assertThat(talkedTo.dossier().context().decisions())
            .isSortedAccordingTo(Comparator.comparing(Context.Decided::at))
            .hasSizeLessThanOrEqualTo(80);
        assertThat(talkedTo.dossier().context().decisions().getLast().decision().text())
            .isEqualTo("24");
      }
    });
  }

  private Known talkedTo(Known item, Instant at) {
    WorkItemState state = item;
    for (var i = 0; i < 25; i++) {
      var remark = new Decision(Decision.Verb.REMARK, "board:bob", "" + i);
      var verdict = rules.decide(state, new WorkItemCommand.Decide(remark, at.plusSeconds(i)));
      for (var event : RandomLife.eventsOf(verdict)) {
        state = Evolution.evolve(state, event);
      }
    }
    return (Known) state;
  }

  private static List<Context.Decided> decisions(Known item) {
    return item.dossier().context().decisions().stream()
        .filter(said ->
            switch (said.decision().verb()) {
              case APPROVE, REJECT, REWORK, ANSWER, CANCEL, RETRY -> true;
              case STEER, REMARK -> false;
            })
        .toList();
  }

  @Test
  void a_command_said_twice_has_one_effect() {
    everyStep(step -> {
      if (step.verdict() instanceof Verdict.Accept) {
        assertThat(rules.decide(step.after(), step.command()))
            .as("%s again, on %s", step.command(), step.after())
            .isNotInstanceOf(Verdict.Accept.class);
      }
    });
  }

  @Test
  void only_a_signal_or_a_retry_reopens_a_finished_item() {
    everyStep(step -> {
      if (step.before() instanceof Finished(_, _, var result, _)
          && !(step.after() instanceof Finished)) {
        switch (step.command()) {
          case WorkItemCommand.Receive(_, var signal, _) ->
              assertThat(signal.key().value()).doesNotStartWith("task:");
          case WorkItemCommand.Decide(var decision, _) -> {
            assertThat(decision.verb()).isEqualTo(Decision.Verb.RETRY);
            assertThat(result).isNotEqualTo(Result.DONE);
          }
          case WorkItemCommand.Begin _,
              WorkItemCommand.Checkpoint _,
              WorkItemCommand.Take _,
              WorkItemCommand.End _,
              WorkItemCommand.Lose _,
              WorkItemCommand.Wake _ ->
              assertThat(step.after()).isInstanceOf(Finished.class);
        }
      }
    });
  }

  @Test
  void a_person_or_time_can_always_move_an_item_that_is_not_finished() {
    everyStep(step -> {
      if (step.after() instanceof Waiting || step.after() instanceof Queued) {
        var cancel =
            new WorkItemCommand.Decide(
                new Decision(Decision.Verb.CANCEL, "ann", ""), step.command().at());
        assertThat(rules.decide(step.after(), cancel)).isInstanceOf(Verdict.Accept.class);
      }
      if (step.after() instanceof Waiting(_, _, _, _, var until) && until != null) {
        assertThat(rules.decide(step.after(), new WorkItemCommand.Wake(until)))
            .isInstanceOf(Verdict.Accept.class);
      }
    });
  }

  @Test
  void a_journal_read_from_its_bytes_gives_the_same_state() {
    everyLife((life, last) -> {
      WorkItemState replayed = new Blank();
      for (var event : life.journal()) {
        var read = Codec.decode(EventNames.of(event), Codec.encode(event));
        assertThat(read).isEqualTo(event);
        replayed = Evolution.evolve(replayed, read);
      }
      assertThat(replayed).isEqualTo(last.after());
      replayed
          .known()
          .ifPresent(item -> assertThat(Codec.decodeState(Codec.encode(item))).isEqualTo(item));
    });
  }

  @Test
  void the_lives_meet_every_event_state_and_result() {
    var met = new HashSet<Object>();
    everyStep(step -> {
      met.add(step.after().getClass());
      RandomLife.eventsOf(step.verdict()).forEach(event -> met.add(event.getClass()));
      if (step.after() instanceof Finished(_, var stage, var result, _)) {
        met.add(result);
        met.add(stage);
      }
    });

    if (LIVES >= 1_000) {
      assertThat(met)
          .containsAll(Arrays.asList(WorkItemEvent.class.getPermittedSubclasses()))
          .contains(Queued.class, Running.class, Waiting.class, Finished.class)
          .containsAll(Arrays.asList(Result.values()))
          .containsAll(Arrays.asList(Stage.values()));
    }
  }

  private static void everyStep(Consumer<Step> property) {
    lives((life, seed) -> life.live(COMMANDS).forEach(step -> holds(seed, step, property)));
  }

  private static void everyLife(BiConsumer<RandomLife, Step> property) {
    lives((life, seed) -> {
      var last = life.live(COMMANDS).getLast();
      holds(seed, last, step -> property.accept(life, step));
    });
  }

  private static void lives(BiConsumer<RandomLife, Long> live) {
    for (var seed = SEED; seed < SEED + LIVES; seed++) {
      live.accept(new RandomLife(seed, LIMITS), seed);
    }
  }

  private static void holds(long seed, Step step, Consumer<Step> property) {
    try {
      property.accept(step);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dmillwright.seed=%d -Dmillwright.lives=1 fails at %s".formatted(seed, step), e);
    }
  }

  private static long generation(WorkItemState state) {
    return state.known().map(item -> item.dossier().generation()).orElse(0L);
  }

  private static int[] counts(WorkItemState state) {
    return state
        .known()
        .map(item -> item.dossier().counters())
        .map(it ->
            Stream.of(it.failures(), it.continuations(), it.capacityWaits(), it.losses())
                .mapToInt(Integer::intValue)
                .toArray())
        .orElse(new int[4]);
  }
}

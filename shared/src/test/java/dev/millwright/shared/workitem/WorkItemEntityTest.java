package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.millwright.shared.journal.Entry;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.WorkItemEntity.Chained;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WorkItemEntityTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  pekko.actor.serializers.millwright-journal = "dev.millwright.shared.journal.JournalSerializer"
                  pekko.actor.serialization-bindings."dev.millwright.shared.journal.Entry" = millwright-journal
                  pekko.loglevel = WARNING
                  """)
              .withFallback(EventSourcedBehaviorTestKit.config()));

  private final Told told = new Told(new ArrayList<>(), true);
  private final EventSourcedBehaviorTestKit<WorkItemEntity.Command, Entry, Chained> item =
      start(told);

  /// Remembers what the neighbours were told.
  private record Told(List<WorkItemState> states, boolean alive) implements Bystanders {
    @Override
    public void moved(WorkItemState before, Known now) {
      states.add(now);
    }

    @Override
    public void recovered(Known now) {
      states.add(now);
    }

    @Override
    public boolean isAlive(Lease lease) {
      return alive;
    }
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void a_restart_gives_the_same_state_and_the_same_chain() {
    for (var seed = 0L; seed < 20; seed++) {
      item.clear();
      var life = new RandomLife(seed, Limits.DEFAULT);
      for (var step : life.live(40)) {
        var reply = ask(step.command());
        assertThat(reply.verdict()).isEqualTo(step.verdict());
        assertThat(reply.state()).isEqualTo(step.after());
      }
      var before = item.getState();

      var after = item.restart().state();

      assertThat(after.state()).isEqualTo(before.state());
      assertThat(after.hash()).isEqualTo(before.hash());
    }
  }

  @Test
  void the_neighbours_hear_of_a_state_once_the_journal_has_it() {
    var state = ask(receive("Broken")).state();

    assertThat(told.states()).containsExactly(state);
  }

  @Test
  void the_answer_to_what_changed_nothing_is_how_the_item_stands() {
    ask(receive("Broken"));

    var again = ask(receive("Broken"));

    assertThat(again.verdict()).isInstanceOf(Verdict.AlreadyDone.class);
    assertThat(again.state()).isInstanceOf(Queued.class);
    assertThat(told.states()).hasSize(1);
  }

  @Test
  void a_stale_outcome_is_refused_and_in_the_journal() {
    ask(receive("Broken"));
    var lease = ((Running) ask(begin()).state()).lease();
    ask(new WorkItemCommand.Lose(lease, "killed", NOW));
    ask(begin());

    var late =
        item.<WorkItemEntity.Reply>runCommand(replyTo ->
            new WorkItemEntity.Handle(
                new WorkItemCommand.End(lease, StageResult.of(new Outcome.Advance("late")), NOW),
                replyTo));

    assertThat(late.reply().verdict()).isInstanceOf(Verdict.Refusal.class);
    assertThat(late.event().event()).isInstanceOf(WorkItemEvent.OutcomeRefused.class);
  }

  @Test
  void a_lease_whose_holder_is_gone_is_taken_back_by_a_wake() {
    var item = start(new Told(new ArrayList<>(), false));
    ask(item, receive("Broken"));
    ask(item, begin());

    item.runCommand(new WorkItemEntity.Wake());

    assertThat(item.getState().state()).isInstanceOf(Queued.class);
  }

  @Test
  void text_that_is_no_unicode_neither_stops_an_item_nor_changes_by_a_restart() {
    var state = ask(receive("half a rocket \uD83D")).state();

    assertThat(state.known().orElseThrow().dossier().context().signal().request().title())
        .isEqualTo("half a rocket \uFFFD");
    assertThat(item.restart().state().state()).isEqualTo(state);
  }

  private static EventSourcedBehaviorTestKit<WorkItemEntity.Command, Entry, Chained> start(
      Bystanders bystanders) {
    return EventSourcedBehaviorTestKit.create(
        KIT.system(),
        WorkItemEntity.of(() -> Limits.DEFAULT, bystanders, Clock.fixed(NOW, ZoneOffset.UTC))
            .apply(RandomLife.ID.value()),
        // Commands never leave the process, and a state is never stored: only events are.
        EventSourcedBehaviorTestKit.enabledSerializationSettings()
            .withVerifyEquality(true)
            .withVerifyCommands(false)
            .withVerifyEvents(true)
            .withVerifyState(false));
  }

  private WorkItemEntity.Reply ask(WorkItemCommand command) {
    return ask(item, command);
  }

  private static WorkItemEntity.Reply ask(
      EventSourcedBehaviorTestKit<WorkItemEntity.Command, Entry, Chained> item,
      WorkItemCommand command) {
    return item.<WorkItemEntity.Reply>runCommand(
            (ActorRef<WorkItemEntity.Reply> replyTo) -> new WorkItemEntity.Handle(command, replyTo))
        .reply();
  }

  private static WorkItemCommand begin() {
    return new WorkItemCommand.Begin(Stage.TRIAGE, "node#1", NOW);
  }

  private static WorkItemCommand receive(String title) {
    return new WorkItemCommand.Receive(
        RandomLife.ID,
        new Signal(
            new SignalKey("test:entity"),
            "test",
            new Author("ann", Author.Trust.MEMBER),
            new Request(title, "", null, List.of(), 2, "orders", null),
            Map.of(),
            null),
        NOW);
  }
}

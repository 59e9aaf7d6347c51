package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
  private static final Words FIRST = new Words("rules\n", "", "do it\n");
  private static final Instant LATER = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  private final Partner partner = new Partner();
  private boolean untouched;

  @Test
  void one_turn_that_changed_something_is_enough() throws Exception {
    partner.will(() -> new AgentOutcome.Done("did it"));

    assertThat(hold(work())).isEqualTo(new AgentOutcome.Done("did it"));
    assertThat(partner.heard).containsExactly(FIRST);
  }

  @Test
  void who_changed_nothing_is_asked_once() throws Exception {
    untouched = true;
    partner.will(() -> new AgentOutcome.Done("did it"));
    partner.will(() -> new AgentOutcome.Done("it was done already"));

    assertThat(hold(work())).isEqualTo(new AgentOutcome.Done("it was done already"));
    assertThat(partner.heard.getLast().news()).contains("no file has changed");
    assertThat(partner.heard.getLast().whole()).startsWith("rules\ndo it\n");
  }

  @Test
  void an_agent_without_memory_is_not_asked_again() throws Exception {
    untouched = true;
    partner.remembers = false;
    partner.will(() -> new AgentOutcome.Done("did it"));

    hold(work());

    assertThat(partner.heard).hasSize(1);
  }

  @Test
  void a_turn_that_breaks_off_again_and_again_has_failed() throws Exception {
    for (int turn = 0; turn < 3; turn++) {
      partner.will(() -> new AgentOutcome.BrokeOff("out of room"));
    }

    assertThat(hold(work()))
        .isInstanceOfSatisfying(
            AgentOutcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CONTEXT));
    assertThat(partner.heard).hasSize(3);
  }

  @Test
  void words_in_the_middle_of_a_turn_are_passed_on_and_marked() throws Exception {
    var work = work();
    partner.takes = true;
    partner.will(() -> {
      work.words().add(said("use tabs", LATER));
      partner.steered.await();
      return new AgentOutcome.Done("did it");
    });

    hold(work);

    assertThat(partner.heard).hasSize(1);
    assertThat(partner.inTheMiddle).singleElement().asString().contains("kim: use tabs");
    assertThat(work.kept()).containsEntry(Dossier.HEARD, LATER.toString());
    assertThat(work.said()).anyMatch(line -> line.contains("kim says: use tabs"));
  }

  @Test
  void words_an_agent_cannot_take_now_open_its_next_turn_and_are_marked_after_it()
      throws Exception {
    var work = work();
    partner.will(() -> {
      work.words().add(said("use tabs", LATER));
      partner.steered.await();
      return new AgentOutcome.Asks("which colour?");
    });
    partner.will(() -> {
      assertThat(work.kept()).doesNotContainKey(Dossier.HEARD);
      return new AgentOutcome.Done("did it");
    });

    assertThat(hold(work)).isEqualTo(new AgentOutcome.Done("did it"));
    assertThat(partner.heard.getLast().news()).contains("kim: use tabs");
    assertThat(work.kept()).containsEntry(Dossier.HEARD, LATER.toString());
  }

  @Test
  void words_said_in_a_turn_that_failed_are_not_marked() throws Exception {
    var work = work();
    partner.takes = true;
    partner.will(() -> {
      work.words().add(said("use tabs", LATER));
      partner.steered.await();
      return AgentOutcome.failed(FailureKind.CRASH, "killed");
    });

    assertThat(hold(work)).isInstanceOf(AgentOutcome.Failed.class);
    assertThat(work.kept()).isEmpty();
  }

  private AgentOutcome hold(ScriptedAssignment work) throws InterruptedException, IOException {
    try (var transcript = Transcript.open(work, Clock.systemUTC(), 10_000)) {
      var policy = PolicySettings.DEFAULT.intents();
      var desk = new Desk(work, "shell", policy, Tickets.NONE, transcript);
      return new Conversation(work, partner, desk, () -> untouched, 3).hold(FIRST);
    }
  }

  private ScriptedAssignment work() {
    return ScriptedAssignment.of(Stage.CODEGEN, Bench.context(), folder);
  }

  private static Context.Decided said(String words, Instant at) {
    return new Context.Decided(new Decision(Decision.Verb.STEER, "kim", words), at, null);
  }

  /// Says what the test says.
  private static final class Partner implements AgentSession {
    final List<Words> heard = new ArrayList<>();
    final List<String> inTheMiddle = new ArrayList<>();
    final CountDownLatch steered = new CountDownLatch(1);
    boolean takes;
    boolean remembers = true;
    private final Deque<Turn> turns = new ArrayDeque<>();

    interface Turn {
      AgentOutcome play() throws InterruptedException;
    }

    void will(Turn turn) {
      turns.add(turn);
    }

    @Override
    public AgentOutcome turn(Words words) throws InterruptedException {
      heard.add(words);
      return turns.remove().play();
    }

    @Override
    public boolean remembers() {
      return remembers;
    }

    @Override
    public boolean steer(String words) {
      inTheMiddle.add(words);
      steered.countDown();
      return takes;
    }

    @Override
    public void close() {}
  }
}

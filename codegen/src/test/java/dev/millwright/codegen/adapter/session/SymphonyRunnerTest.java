package dev.millwright.codegen.adapter.session;

import static dev.millwright.codegen.adapter.session.FakeCodex.turns;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.codegen.port.Tickets.Standing;
import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Symphony's lines about what goes on from turn to turn, with the whole of codegen around a
/// program that speaks Codex' protocol.
class SymphonyRunnerTest extends CodexTest {
  /// A turn that breaks off at a limit of the model's own.
  private static final String CUT_OFF =
      "async (codex) => { await codex.model(); codex.done('failed', {message: 'max_output_tokens'}); }";

  private static final String WRITES = FakeCodex.doing("codex.write('a.txt', 'two\\n')");

  private ScriptedAssignment work = work(Hooks.NONE);

  @Test
  void C104_workspace_before_run_session_turns_and_after_run_come_in_this_order() throws Exception {
    work =
        work(
            new Hooks(
                "test $(cat a.txt) = one && echo made",
                "echo before_run",
                "echo $(cat a.txt) after_run > a.txt",
                "",
                Duration.ofSeconds(20)));

    var result = run(turns(WRITES), Tickets.NONE);

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(said("hook ", "made", "before_run", "session ", "turn "))
        .extracting(line -> line.replaceAll("thread-\\d+", "T"))
        .containsExactly(
            "hook after_create",
            "made",
            "hook before_run",
            "before_run",
            "session T",
            "turn T-turn-1");
    assertThat(codex.workspaces.list()).extracting(left -> left.item()).containsOnly("shared");
  }

  @Test
  void C105_the_ticket_is_read_again_between_turns() throws Exception {
    var ticket = new Ticket(new Standing.Active(), new Standing.Active());

    run(turns(CUT_OFF, CUT_OFF, WRITES), _ -> Optional.of(ticket));

    assertThat(ticket.standings).isEmpty();
  }

  @Test
  void C106_goes_on_in_the_same_thread_and_is_told_no_more_than_to_go_on() throws Exception {
    var result = run(turns(CUT_OFF, WRITES), _ -> Optional.of(new Ticket(new Standing.Active())));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    var began = sent("turn/start");
    assertThat(began).extracting(turn -> turn.at("/threadId").asText()).hasSize(2);
    assertThat(began.get(0).at("/threadId")).isEqualTo(began.get(1).at("/threadId"));
    assertThat(started()).isEqualTo(1);
    assertThat(began.get(0).at("/input/0/text").asText()).contains("Say two");
    assertThat(began.get(1).at("/input/0/text").asText())
        .contains("turn 2 of at most 3")
        .doesNotContain("Say two");
  }

  @Test
  void C107_no_more_turns_than_are_allowed() throws Exception {
    var result = run(turns(CUT_OFF), Tickets.NONE);

    assertThat(sent("turn/start")).hasSize(3);
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class, retry -> assertThat(retry.kind()).isEqualTo(FailureKind.CONTEXT));
  }

  @Test
  void C108_a_ticket_that_is_no_work_any_more_ends_it_without_a_failure() throws Exception {
    var ticket = new Ticket(new Standing.Over("it is in state Done"));

    var result = run(turns(CUT_OFF), _ -> Optional.of(ticket));

    assertThat(sent("turn/start")).hasSize(1);
    assertThat(result.outcome())
        .isEqualTo(new Outcome.Wait(WaitingOn.TIME, "it is in state Done", Duration.ofMinutes(1)));
  }

  @Test
  void a_board_that_does_not_answer_stops_nobody() throws Exception {
    var ticket = new Ticket(new Standing.Unknown("nobody answers"));

    assertThat(run(turns(CUT_OFF, WRITES), _ -> Optional.of(ticket)).outcome())
        .isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void C110_what_it_does_is_known_with_its_time_while_it_does_it() throws Exception {
    var began = Instant.now();

    run(turns(FakeCodex.doing("codex.message('looking')")), Tickets.NONE);

    var now = work.activity().of(work.item()).orElseThrow();
    assertThat(now.recent())
        .anySatisfy(event -> {
          assertThat(event.event()).isEqualTo("message");
          assertThat(event.words()).isEqualTo("looking");
          assertThat(event.at()).isBetween(began, Instant.now());
        });
  }

  @Test
  void C132_a_question_has_the_item_wait_and_is_no_failure() throws Exception {
    var asks =
        "async (codex) => codex.send({method: 'turn/needs_input', params: {reason: 'Two?'}})";

    assertThat(run(turns(asks), Tickets.NONE).outcome())
        .isEqualTo(new Outcome.Wait(WaitingOn.ANSWER, "turn_input_required: Two?", null));
  }

  @Test
  void C136_a_call_that_fails_is_said_and_the_turn_goes_on() throws Exception {
    var calls =
        FakeCodex.doing(
            "codex.write('a.txt', 'two\\n'); await codex.ask('item/tool/call', {tool: 'comment', arguments: {text: 5}})");

    assertThat(run(turns(calls), Tickets.NONE).outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(work.said()).contains("refused: 'text' is 5: it must be a string");
  }

  @Test
  void C145_each_turn_is_counted_once() throws Exception {
    run(turns(CUT_OFF, CUT_OFF, WRITES), Tickets.NONE);

    var now = work.activity().of(work.item()).orElseThrow();
    assertThat(now.turns()).isEqualTo(3);
    assertThat(now.session()).isEqualTo(now.thread() + "-turn-3");
  }

  @Test
  void C146_the_newest_limits_are_kept_as_they_were_said() throws Exception {
    var limits =
        FakeCodex.doing(
            """
            codex.write('a.txt', 'two\\n');
            const told = (left) => codex.send({method: 'account/rateLimits/updated', params: {rateLimits: {limitId: 'codex', primary: {usedPercent: left}}}});
            told(10); told(20)
            """);

    run(turns(limits), Tickets.NONE);

    assertThat(work.activity().limits())
        .contains("{\"limitId\":\"codex\",\"primary\":{\"usedPercent\":20}}");
  }

  @Test
  void C163_the_log_says_for_which_issue_and_session() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger("dev.millwright.codegen.actor.Transcript");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      run(turns(WRITES), Tickets.NONE);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }

    var thread = sent("turn/start").getFirst().path("threadId").asText();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains(
            "event=turn_started workItem=%s stage=codegen issue_id=1 issue_identifier=ABC-12 session_id=%s-turn-1"
                .formatted(work.item(), thread));
  }

  @Test
  void what_an_agent_says_it_used_counts_for_nothing() throws Exception {
    var boasts =
        FakeCodex.doing(
            "codex.write('a.txt', 'two\\n'); codex.send({method: 'thread/tokenUsage/updated', params: {tokenUsage: {total: {inputTokens: 7, outputTokens: 7, totalTokens: 14}}}})");

    var usage = run(turns(boasts), Tickets.NONE).usage();

    assertThat(usage.inputTokens()).isEqualTo(1_000);
    assertThat(usage.outputTokens()).isEqualTo(10);
  }

  private StageResult run(String scenario, Tickets tickets) throws InterruptedException {
    return codex.stage(scenario, 3, tickets).run(work);
  }

  private List<JsonNode> sent(String method) throws Exception {
    return codex.sent(work.item().value()).stream()
        .filter(message -> message.path("method").asText().equals(method))
        .map(message -> message.path("params"))
        .toList();
  }

  private long started() throws Exception {
    return codex.sent(work.item().value()).stream().filter(line -> line.has("started")).count();
  }

  private List<String> said(String... starts) {
    return work.said().stream()
        .filter(line -> Arrays.stream(starts).anyMatch(line::startsWith))
        .toList();
  }

  /// A ticket that stands as it is told, once for each look.
  private static final class Ticket implements Tickets.Ticket {
    private final Deque<Standing> standings;

    Ticket(Standing... standings) {
      this.standings = new ArrayDeque<>(List.of(standings));
    }

    @Override
    public List<String> states() {
      return List.of();
    }

    @Override
    public Tickets.Answer read() {
      return new Tickets.Answer.Failed("nobody reads it");
    }

    @Override
    public Tickets.Answer move(String state) {
      return new Tickets.Answer.Failed("nobody moves it");
    }

    @Override
    public Tickets.Answer link(String title, URI address) {
      return new Tickets.Answer.Failed("nobody links it");
    }

    @Override
    public Standing standing() {
      return standings.pop();
    }
  }
}

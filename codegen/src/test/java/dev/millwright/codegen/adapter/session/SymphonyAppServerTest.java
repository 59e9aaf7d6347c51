package dev.millwright.codegen.adapter.session;

import static dev.millwright.codegen.adapter.session.FakeCodex.DONE;
import static dev.millwright.codegen.adapter.session.FakeCodex.PATIENCE;
import static dev.millwright.codegen.adapter.session.FakeCodex.doing;
import static dev.millwright.codegen.adapter.session.FakeCodex.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.adapter.session.FakeCodex.Talk;
import dev.millwright.codegen.domain.IntentForm;
import dev.millwright.codegen.domain.IntentRules.Answer;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.shared.settings.AgentSettings.Patience;
import dev.millwright.shared.workitem.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Symphony's lines about the client of the app-server, against a program that speaks its protocol.
class SymphonyAppServerTest extends CodexTest {

  @Test
  void C92_silence_of_agent_and_model_ends_the_attempt_unless_it_is_allowed() throws Exception {
    try (var talk = codex.talk(turns("(codex) => codex.hang()"))) {
      var turn = Rig.turn(talk.session(), "Say two");
      await().until(() -> !talk.heard(AgentEvent.TurnStarted.class).isEmpty());
      codex.clock.skip(PATIENCE.stall().plusSeconds(1));

      assertFailed(turn.join(), FailureKind.STALL, "stalled");
    }
    var patient = new Patience(PATIENCE.start(), PATIENCE.turn(), Duration.ZERO);
    try (var talk =
        codex.talk(
            turns(doing("await codex.until('on')")), patient, (_, _) -> new Answer.Refused("no"))) {
      var turn = Rig.turn(talk.session(), "Say two");
      await().until(() -> !talk.heard(AgentEvent.TurnStarted.class).isEmpty());
      codex.clock.skip(PATIENCE.stall().plusSeconds(1));
      talk.give("on");

      assertThat(turn.join()).isInstanceOf(AgentOutcome.Done.class);
    }
  }

  @Test
  void C112_is_started_by_a_shell_in_the_workspace() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);

      var started = talk.sent().getFirst().path("started");
      assertThat(started.path("cwd").asText()).isEqualTo(inside());
      assertThat(started.path("words"))
          .extracting(JsonNode::asText)
          .containsExactly("app-server", "--name", "two words");
    }
  }

  @Test
  void C113_shakes_hands_starts_a_thread_and_starts_a_turn_in_this_order() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();

      assertThat(talk.sent())
          .filteredOn(message -> message.has("method"))
          .extracting(message -> message.path("method").asText() + message.path("id").asText())
          .containsExactly("initialize1", "initialized", "thread/start2", "turn/start3");
      assertThat(talk.sent()).noneMatch(message -> message.has("jsonrpc"));
    }
  }

  @Test
  void C114_says_who_it_is_and_that_it_knows_what_is_new() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();

      var hello = sent(talk, "initialize");
      assertThat(hello.path("capabilities").path("experimentalApi").asBoolean()).isTrue();
      assertThat(hello.path("clientInfo").path("name").asText()).isEqualTo("millwright");
    }
  }

  @Test
  void C115_names_the_folder_and_what_a_turn_is_about() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();

      assertThat(sent(talk, "thread/start").path("cwd").asText()).isEqualTo(inside());
      assertThat(sent(talk, "turn/start").path("cwd").asText()).isEqualTo(inside());
      assertThat(sent(talk, "turn/start").path("title").asText()).isEqualTo("ABC-12: Say two");
    }
  }

  @Test
  void C117_tells_the_thread_which_tools_there_are() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();

      var tools = sent(talk, "thread/start").path("dynamicTools");
      assertThat(tools)
          .extracting(tool -> tool.path("name").asText())
          .containsExactlyElementsOf(IntentForm.ALL.stream().map(IntentForm::wire).toList());
      assertThat(tools)
          .allSatisfy(tool -> {
            assertThat(tool.path("description").asText()).isNotBlank();
            assertThat(tool.path("inputSchema").path("type").asText()).isEqualTo("object");
          });
    }
  }

  @Test
  void C118_each_turn_has_an_id_made_of_thread_and_turn() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();
      talk.turn();

      var thread = talk.heard(AgentEvent.SessionStarted.class).getFirst().id();
      assertThat(talk.heard(AgentEvent.TurnStarted.class))
          .extracting(AgentEvent.TurnStarted::id)
          .containsExactly(thread + "-turn-1", thread + "-turn-2");
    }
  }

  @Test
  void C119_an_answer_that_does_not_come_is_a_response_timeout() throws Exception {
    var hasty = new Patience(Duration.ofMillis(900), Duration.ofHours(1), Duration.ZERO);
    for (var method : List.of("initialize", "thread/start", "turn/start")) {
      var scenario = "{answers: {'%s': null}, turns: [%s]}".formatted(method, DONE);
      try (var talk = codex.talk(scenario, hasty, (_, _) -> new Answer.Refused("no"))) {
        assertFailed(talk.turn(), FailureKind.STALL, "response_timeout");
      }
    }
  }

  @Test
  void C120_silence_in_a_turn_ends_it_and_any_word_begins_the_wait_anew() throws Exception {
    var patience = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ZERO);
    var scenario =
        turns(
            doing(
                "await codex.until('on'); codex.message('still here'); await codex.until('more')"),
            "(codex) => codex.hang()");
    try (var talk = codex.talk(scenario, patience, (_, _) -> new Answer.Refused("no"))) {
      var first = Rig.turn(talk.session(), "Say two");
      await().until(() -> !talk.heard(AgentEvent.TurnStarted.class).isEmpty());
      codex.clock.skip(Duration.ofMinutes(9));
      talk.give("on");
      await().until(() -> !talk.heard(AgentEvent.Message.class).isEmpty());
      codex.clock.skip(Duration.ofMinutes(9));
      talk.give("more");
      assertThat(first.join()).isInstanceOf(AgentOutcome.Done.class);

      var second = Rig.turn(talk.session(), "Say three");
      await().until(() -> talk.heard(AgentEvent.TurnStarted.class).size() == 2);
      codex.clock.skip(Duration.ofMinutes(11));
      assertFailed(second.join(), FailureKind.STALL, "turn_timeout");
    }
  }

  @Test
  void C121_an_exit_in_a_turn_is_a_failure_with_its_last_words() throws Exception {
    try (var talk =
        codex.talk(
            turns("async (codex) => { codex.complain('out of luck\\n'); codex.exit(3); }"))) {
      assertFailed(talk.turn(), FailureKind.CRASH, "port_exit");
      assertThat(((AgentOutcome.Failed) talk.turn()).reason())
          .contains("exit code 3", "out of luck");
    }
  }

  @Test
  void C122_a_line_of_ten_megabytes_that_comes_in_parts_is_one_message() throws Exception {
    var script =
        """
        const line = JSON.stringify({method: 'item/completed', params: {item: {type: 'agentMessage', text: 'x'.repeat(10485760)}}}) + '\\n';
        for (let at = 0; at < line.length; at += 1048576) {
          codex.raw(line.slice(at, at + 1048576));
          await new Promise(setImmediate);
        }
        """;
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(talk.heard(AgentEvent.Message.class))
          .singleElement()
          .satisfies(message -> assertThat(message.text()).hasSize(10 << 20));
    }
  }

  @Test
  void C123_what_is_no_json_is_kept_and_the_turn_goes_on() throws Exception {
    try (var talk = codex.talk(turns(doing("codex.raw('npm ERR! something\\n[1, 2]\\n')")))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(talk.heard(AgentEvent.Trouble.class))
          .extracting(AgentEvent.Trouble::text)
          .containsExactly("no message: npm ERR! something", "no message: [1, 2]");
    }
  }

  @Test
  void C124_broken_json_is_called_malformed_and_the_turn_goes_on() throws Exception {
    try (var talk = codex.talk(turns(doing("codex.raw('{\"method\": \"turn/compl\\n')")))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(talk.heard(AgentEvent.Trouble.class))
          .extracting(AgentEvent.Trouble::text)
          .containsExactly("malformed: {\"method\": \"turn/compl");
    }
  }

  @Test
  void C125_stderr_is_no_part_of_the_protocol() throws Exception {
    var script = "codex.complain(JSON.stringify({method: 'turn/failed', params: {}}) + '\\n')";
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(talk.heard(AgentEvent.Trouble.class)).isEmpty();
    }
  }

  @Test
  void C126_commands_and_files_of_the_checkout_are_approved_for_the_session() throws Exception {
    var script =
        """
        await codex.ask('item/commandExecution/requestApproval', {command: 'make'});
        await codex.ask('item/fileChange/requestApproval', {itemId: '1'});
        await codex.ask('execCommandApproval', {command: ['make', 'all']});
        await codex.ask('applyPatchApproval', {fileChanges: {}});
        await codex.ask('item/commandExecution/requestApproval', {command: 'curl', networkApprovalContext: {host: 'example.com'}});
        await codex.ask('applyPatchApproval', {grantRoot: '/etc'});
        """;
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(answers(talk))
          .extracting(answer -> answer.path("result").path("decision").asText())
          .containsExactly(
              "acceptForSession",
              "acceptForSession",
              "approved_for_session",
              "approved_for_session",
              "decline",
              "denied");
    }
  }

  @Test
  void C128_leave_for_a_tool_is_given_for_the_session() throws Exception {
    var script =
        """
        const options = (...labels) => labels.map((label) => ({label}));
        const id = 'mcp_tool_call_approval_1';
        await codex.ask('item/tool/requestUserInput', {questions: [{id, options: options('Approve Once', 'Approve this Session')}]});
        await codex.ask('item/tool/requestUserInput', {questions: [{id, options: options('Deny', 'Allow it')}]});
        """;
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(answers(talk))
          .extracting(
              answer -> answer.at("/result/answers/mcp_tool_call_approval_1/answers/0").asText())
          .containsExactly("Approve this Session", "Allow it");
    }
  }

  @Test
  void C129_any_other_question_is_one_for_a_person() throws Exception {
    var script =
        "await codex.ask('item/tool/requestUserInput', {questions: [{id: 'q', question: 'Which?', options: [{label: 'a'}, {label: 'b'}]}]})";
    assertAsks(script, "Which? (a, b)");
  }

  @Test
  void C130_what_a_server_wants_filled_in_is_a_question_for_a_person() throws Exception {
    assertAsks(
        "await codex.ask('mcpServer/elicitation/request', {message: 'Which account?'})",
        "Which account?");
  }

  @Test
  void C131_every_way_to_say_that_a_turn_waits_is_understood() throws Exception {
    var methods =
        Stream.of(
                "input_required",
                "needs_input",
                "need_input",
                "request_input",
                "request_response",
                "provide_input",
                "approval_required")
            .map(method -> "{method: 'turn/%s', params: {reason: 'no idea'}}".formatted(method));
    var flags =
        Stream.of("requiresInput", "needsInput", "input_required", "inputRequired")
            .map(flag ->
                "{method: 'turn/x', params: {message: 'no idea', %s: true}}".formatted(flag));
    var waits =
        Stream.concat(methods, flags)
            .map("async (codex) => { codex.send(%s); await codex.hang(); }"::formatted)
            .toArray(String[]::new);
    try (var talk = codex.talk(turns(waits))) {
      for (var _ : waits) {
        assertThat(talk.turn()).isEqualTo(new AgentOutcome.Asks("turn_input_required: no idea"));
      }
    }
  }

  @Test
  void C134_a_tool_that_is_not_there_fails_and_the_turn_goes_on() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    try (var talk =
        codex.talk(
            turns(
                doing(
                    "await codex.ask('item/tool/call', {tool: 'linear_graphql', arguments: {}})")),
            PATIENCE,
            (name, _) -> {
              asked.add(name);
              return new Answer.Refused("there is no such tool");
            })) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(asked).containsExactly("linear_graphql");
      assertThat(answers(talk))
          .singleElement()
          .satisfies(answer -> {
            assertThat(answer.at("/result/success").asBoolean(true)).isFalse();
            assertThat(answer.at("/result/contentItems/0/text").asText())
                .isEqualTo("there is no such tool");
          });
    }
  }

  @Test
  void C135_a_tool_that_is_there_is_carried_out_by_the_factory() throws Exception {
    var asked = new CopyOnWriteArrayList<Map<String, ?>>();
    try (var talk =
        codex.talk(
            turns(
                doing(
                    "await codex.ask('item/tool/call', {tool: 'comment', arguments: {text: 'x'}})")),
            PATIENCE,
            (_, fields) -> {
              asked.add(fields);
              return new Answer.Accepted("It is there.");
            })) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(asked).hasSize(1).first().isEqualTo(Map.of("text", "x"));
      assertThat(answers(talk).getFirst().path("result"))
          .hasToString(
              "{\"success\":true,\"output\":\"It is there.\","
                  + "\"contentItems\":[{\"type\":\"inputText\",\"text\":\"It is there.\"}]}");
    }
  }

  @Test
  void C137_nothing_of_the_hosts_environment_is_there() throws Exception {
    try (var talk = codex.talk(turns(DONE))) {
      talk.turn();

      var environment = talk.sent().getFirst().path("started").path("environment");
      assertThat(environment.properties())
          .extracting(Map.Entry::getKey)
          .containsExactlyInAnyOrder(
              "HOME",
              "USER",
              "PWD",
              "PATH",
              "LANG",
              "TMPDIR",
              "JAVA_HOME",
              "CODEX_HOME",
              "RUST_LOG",
              "MILLWRIGHT_MODEL_TOKEN");
    }
  }

  @Test
  void C138_a_turn_that_failed_or_was_interrupted_is_no_success() throws Exception {
    var failed =
        "async (codex) => { await codex.model(); codex.done('failed', {message: 'too much', codexErrorInfo: 'usageLimitExceeded'}); }";
    var interrupted = "async (codex) => { await codex.model(); codex.done('interrupted'); }";
    var old =
        "async (codex) => codex.send({method: 'turn/failed', params: {error: {message: 'no'}}})";
    var cancelled = "async (codex) => codex.send({method: 'turn/cancelled', params: {}})";
    try (var talk = codex.talk(turns(failed, interrupted, old, cancelled))) {
      assertFailed(talk.turn(), FailureKind.QUOTA, "too much");
      assertFailed(talk.turn(), FailureKind.CRASH, "interrupted");
      assertFailed(talk.turn(), FailureKind.OUTSIDE, "turn_failed: no");
      assertFailed(talk.turn(), FailureKind.OUTSIDE, "turn_cancelled");
    }
  }

  @Test
  void C139_a_question_nobody_knows_is_answered_with_an_error() throws Exception {
    var script = "await codex.ask('account/chatgptAuthTokens/refresh', {reason: 'expired'})";
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(answers(talk).getFirst().at("/error/code").asInt()).isEqualTo(-32601);
    }
  }

  @Test
  void a_stubborn_program_keeps_nobody_waiting_for_its_question() throws Exception {
    var scenario =
        "{stubborn: true, turns: [async (codex) => codex.send({method: 'turn/needs_input', params: {}})]}";
    try (var talk = codex.talk(scenario)) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Asks.class);
    }
  }

  @Test
  void a_flood_of_calls_is_answered_and_no_call_outlives_its_session() throws Exception {
    var script =
        "await Promise.all(Array.from({length: 500}, () => codex.ask('item/tool/call', {tool: 'x', arguments: []})))";
    try (var talk =
        codex.talk(turns(doing(script)), PATIENCE, (_, _) -> new Answer.Refused("no"))) {
      assertThat(talk.turn()).isInstanceOf(AgentOutcome.Done.class);
      assertThat(answers(talk)).hasSize(500);
    }
  }

  private static String inside() {
    return codex.sandbox.inside(codex.workspace.box(), codex.workspace.box().workspace());
  }

  private static JsonNode sent(Talk talk, String method) throws Exception {
    return talk.sent().stream()
        .filter(message -> message.path("method").asText().equals(method))
        .findFirst()
        .orElseThrow()
        .path("params");
  }

  private static List<JsonNode> answers(Talk talk) throws Exception {
    return talk.sent().stream().filter(message -> message.has("answer")).toList();
  }

  private static void assertFailed(AgentOutcome outcome, FailureKind kind, String words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            AgentOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).contains(words);
              assertThat(failed.kind()).isEqualTo(kind);
            });
  }

  private static void assertAsks(String script, String question) throws Exception {
    try (var talk = codex.talk(turns(doing(script)))) {
      assertThat(talk.turn()).isEqualTo(new AgentOutcome.Asks(question));
    }
  }
}

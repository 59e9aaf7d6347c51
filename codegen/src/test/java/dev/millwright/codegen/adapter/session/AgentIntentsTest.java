package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real programs ask for what they want, over the one way they all have.
@Execution(ExecutionMode.CONCURRENT)
class AgentIntentsTest {
  private Path folder;
  private Rig rig;

  @BeforeEach
  void lay_out() throws IOException, InterruptedException {
    var memory = Path.of("/dev/shm");
    folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "millwright-test-")
            : Files.createTempDirectory("millwright-test-");
    rig = new Rig(folder, Map.of("a.txt", "one\n"));
  }

  @AfterEach
  void clear_away() throws IOException {
    rig.close();
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMAND")
  void every_intent_of_an_agent_is_carried_out(Rig.Kind kind) throws Exception {
    var work =
        ScriptedAssignment.of(
            Stage.CODEGEN,
            context(
                """
                CALL: comment {"text": "It said one for years"}
                CALL: comment {"text": 5}
                CALL: follow_up {"title": "Round late", "body": "In a.txt"}
                CALL: set_title {"title": "Say two"}
                CALL: ask {"question": "Two or three?"}
                """),
            folder);

    var result = rig.stage(kind).run(work);

    assertThat(result.outcome())
        .as("%s", work.said())
        .isEqualTo(new Outcome.Wait(WaitingOn.ANSWER, "Two or three?", null));
    assertThat(work.said())
        .contains(
            "COMMENT: It said one for years",
            "refused: 'text' is 5: it must be a string",
            "FOLLOW_UP: Round late",
            "TITLE: Say two");
  }

  private static Context context(String task) {
    var signal =
        new Signal(
            new SignalKey("task:2"),
            "cli",
            new Author("kim", Author.Trust.OPERATOR),
            new Request("Say two", "", null, List.of(), 2, "orders", null),
            Map.of(),
            null);
    return Context.of(signal)
        .with(
            Stage.TRIAGE,
            new Contract(
                task,
                new Contract.Boundary(List.of(), List.of(), 40, 2000),
                new Contract.Environment(List.of(), Map.of()),
                List.of(),
                Contract.Deliverable.PULL_REQUEST,
                new Contract.Route("orders", "main", "agent", Kind.CHORE),
                new Contract.Judgement("somebody asked", 0.9)));
  }
}

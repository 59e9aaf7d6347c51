package dev.millwright.codegen.adapter.session;

import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// One program that speaks Codex' protocol for all tests of a class, and work for it.
abstract class CodexTest {
  static Path folder;
  static FakeCodex codex;
  private static int items;

  @BeforeAll
  static void lay_out() throws Exception {
    folder = Rig.folder();
    codex = new FakeCodex(folder);
  }

  @AfterAll
  static void clear_away() throws Exception {
    codex.close();
    Rig.clear(folder);
  }

  /// What a member's ticket asks for.
  static ScriptedAssignment work(Hooks hooks) {
    var signal =
        new Signal(
            new SignalKey("linear:ABC-" + ++items),
            "board:backlog",
            new Author("kim", Author.Trust.MEMBER),
            new Request("Say two", "", null, List.of(), 2, "orders", null),
            Map.of("identifier", "ABC-12", "board", "backlog", "ticket", "1"),
            null);
    var contract =
        new Contract(
            "Say two in a.txt",
            new Contract.Boundary(List.of(), List.of(), 40, 2000),
            new Contract.Environment(List.of(), Map.of(), hooks, List.of()),
            List.of(),
            Contract.Deliverable.PULL_REQUEST,
            new Contract.Route("orders", "main", "codex", Kind.CHORE),
            new Contract.Judgement("somebody asked", 0.9));
    return ScriptedAssignment.of(
        Stage.CODEGEN, Context.of(signal).with(Stage.TRIAGE, contract), folder);
  }
}

package dev.millwright.codegen.adapter;

import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.OneTurnAgent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An agent that does what a test says, in the test's own process and without a sandbox.
public final class ScriptedAgent implements OneTurnAgent {
  private final String name;
  private final Script script;
  private final List<Turn> turns = new CopyOnWriteArrayList<>();

  public ScriptedAgent(String name, Script script) {
    this.name = name;
    this.script = script;
  }

  /// One thing it was told.
  public record Turn(Brief brief, String prompt) {}

  /// What it does with a turn.
  @FunctionalInterface
  public interface Script {
    AgentOutcome play(Turn turn, AgentListener listener) throws InterruptedException;
  }

  /// The turns it was given, oldest first.
  public List<Turn> turns() {
    return List.copyOf(turns);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AgentOutcome run(Brief brief, String prompt, AgentListener listener)
      throws InterruptedException {
    var turn = new Turn(brief, prompt);
    turns.add(turn);
    return script.play(turn, listener);
  }
}

package dev.millwright.codegen.port;

import dev.millwright.codegen.domain.Words;

/// An agent that hears one prompt, works, and ends: it remembers nothing and cannot be steered.
public interface OneTurnAgent extends Agent {
  /// Does the work. When it returns or throws, no process of it is left. An interrupt ends it.
  AgentOutcome run(Brief brief, String prompt, AgentListener listener) throws InterruptedException;

  @Override
  default AgentSession open(Brief brief, AgentListener listener) {
    return new AgentSession() {
      @Override
      public AgentOutcome turn(Words words) throws InterruptedException {
        return run(brief, words.whole(), listener);
      }

      @Override
      public boolean remembers() {
        return false;
      }

      @Override
      public boolean steer(String words) {
        return false;
      }

      @Override
      public void close() {
        // Every turn ended with its process.
      }
    };
  }
}

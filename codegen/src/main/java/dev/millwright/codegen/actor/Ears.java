package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Prompt;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.shared.workitem.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/// Passes on what people say while an agent works, in order: in the middle of a turn where the
/// agent takes it, otherwise kept for the next one.
///
/// Nothing is lost with this object: the item gives a word out again until it is marked as heard.
final class Ears implements AutoCloseable {
  private final BlockingQueue<Context.Decided> words;
  private final AgentSession session;
  private final Transcript transcript;
  private final List<Context.Decided> kept = new ArrayList<>();
  private final Thread thread;
  private Instant passed = Instant.MIN;

  private Ears(BlockingQueue<Context.Decided> words, AgentSession session, Transcript transcript) {
    this.words = words;
    this.session = session;
    this.transcript = transcript;
    this.thread = Thread.ofVirtual().name("ears").unstarted(this::listen);
  }

  static Ears open(
      BlockingQueue<Context.Decided> words, AgentSession session, Transcript transcript) {
    var ears = new Ears(words, session, transcript);
    ears.thread.start();
    return ears;
  }

  private void listen() {
    try {
      while (true) {
        take(words.take());
      }
    } catch (InterruptedException e) {
      // The conversation is over.
    }
  }

  private synchronized void take(Context.Decided said) throws InterruptedException {
    transcript.say("%s says: %s".formatted(said.decision().by(), said.decision().text()));
    if (kept.isEmpty() && session.steer(Prompt.said(List.of(said.decision())))) {
      transcript.say("the agent was told in the middle of its turn");
      passed = said.at();
    } else {
      kept.add(said);
    }
  }

  /// The time of the last word that was passed on in the middle of a turn.
  synchronized Instant passed() {
    return passed;
  }

  /// What has to be said in a turn of its own; whoever takes it says it.
  synchronized List<Context.Decided> kept() {
    var all = List.copyOf(kept);
    kept.clear();
    return all;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Fence;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.Doing;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Usage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything an agent says in one attempt: shown live, and kept in a file of bounded size that
/// becomes an artifact. Never held in memory.
final class Transcript implements AgentListener, AutoCloseable {
  private static final int MOST_WORD = 200;
  static final String EXCHANGES = "application/jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(Transcript.class);

  private final Assignment work;
  private final Clock clock;
  private final long most;
  private final Path file;
  private final BufferedWriter writer;
  private long written;
  private long left;
  private Usage spent = Usage.NONE;
  private @Nullable Path exchanged;

  private Transcript(Assignment work, Clock clock, long most, Path file) throws IOException {
    this.work = work;
    this.clock = clock;
    this.most = most;
    this.file = file;
    this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  static Transcript open(Assignment work, Clock clock, long most) throws IOException {
    return new Transcript(
        work, clock, most, Files.createTempFile("millwright-transcript-", ".log"));
  }

  @Override
  public synchronized void heard(AgentEvent event) {
    if (event instanceof AgentEvent.Spent(var usage)) {
      spent = spent.plus(usage);
    } else if (event instanceof AgentEvent.Exchanged(var kept)) {
      exchanged = kept;
    }
    show(event);
    say(event.line());
  }

  private void show(AgentEvent event) {
    switch (event) {
      case AgentEvent.SessionStarted(var id) -> {
        work.doing(new Doing.Session(id));
        log("session_started", id);
      }
      case AgentEvent.TurnStarted(var id) -> {
        work.doing(new Doing.Turn(id));
        log("turn_started", id);
      }
      case AgentEvent.Spent(var usage) -> work.doing(new Doing.Spent(usage));
      case AgentEvent.LimitsSeen(var json) -> work.doing(new Doing.Limits(json));
      case AgentEvent.Message _,
          AgentEvent.Plan _,
          AgentEvent.ToolCall _,
          AgentEvent.FileChange _,
          AgentEvent.CommandRun _,
          AgentEvent.Question _,
          AgentEvent.Refused _,
          AgentEvent.Exchanged _,
          AgentEvent.Trouble _ -> {}
    }
    work.doing(new Doing.Event(event.wire(), event.line()));
  }

  /// What Symphony's logs have on each line of a session, beside our own names.
  private void log(String event, String session) {
    var signal = work.context().signal();
    LOG.info(
        "event={} workItem={} stage=codegen issue_id={} issue_identifier={} session_id={}",
        event,
        work.item(),
        word(signal.facts().getOrDefault("ticket", signal.key().value())),
        word(signal.facts().getOrDefault("identifier", work.item().value())),
        word(session));
  }

  /// Somebody else's text as one word of a log line.
  private static String word(String text) {
    return Fence.cut(text.replaceAll("[\\s\\p{Cntrl}\"=]+", "_"), MOST_WORD);
  }

  /// Adds a line of the factory's own.
  synchronized void say(String line) {
    work.say(line);
    var text = clock.instant() + " " + line + "\n";
    if (written + text.length() > most) {
      left++;
      return;
    }
    try {
      writer.write(text);
      written += text.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized Usage spent() {
    return spent;
  }

  synchronized ArtifactRef keep() throws IOException {
    if (left > 0) {
      writer.write("… " + left + " more lines were left out\n");
    }
    writer.flush();
    return work.artifacts().put(file, "text/plain; charset=utf-8");
  }

  /// What was said to models, by all sessions of the attempt; they share one file.
  synchronized @Nullable ArtifactRef exchanges() throws IOException {
    if (exchanged == null) {
      return null;
    }
    var kept = work.artifacts().put(exchanged, EXCHANGES);
    Files.deleteIfExists(exchanged);
    return kept;
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
    Files.deleteIfExists(file);
  }
}

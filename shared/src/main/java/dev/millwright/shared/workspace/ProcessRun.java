package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A real process with its limits. One virtual thread sees it from start to end: waits, kills,
/// gathers, cleans up, and only then tells the end.
final class ProcessRun implements Running {
  private static final long PIPE_MILLIS = 5_000;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration KILL_EVERY = Duration.ofMillis(100);

  /// How much of a stream is kept.
  record Keep(int headBytes, int tailBytes) {
    static final Keep ENDS = new Keep(256 * 1024, 768 * 1024);
  }

  /// How a kind of process is killed, and what its end means.
  interface Kind {
    /// Kills all of it; called again and again until the process is gone.
    void kill(Process process);

    /// Asked each second while it runs: why it uses more of the disk than it may.
    default Optional<String> overfull() {
      return Optional.empty();
    }

    /// Called once when the process has ended: nothing of it may be left after.
    void cleanUp();

    /// What an end by itself means.
    Exit judge(int code, Output output, Duration took);
  }

  private enum Cause {
    ITSELF,
    TIME,
    OUTPUT,
    DISK,
    KILLED
  }

  private final Process process;
  private final Kind kind;
  private final Limits limits;
  private final Capture stdout;
  private final Capture stderr;
  private final Pump stdoutPump;
  private final Pump stderrPump;
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<Cause> cause = new AtomicReference<>(Cause.ITSELF);
  private volatile String overfull = "";
  private final AtomicLong written = new AtomicLong();
  private final CompletableFuture<Exit> ended = new CompletableFuture<>();

  private ProcessRun(
      Process process, Kind kind, Command command, OutputListener listener, Keep keep) {
    this.process = process;
    this.kind = kind;
    this.limits = command.limits();
    this.stdout = new Capture(keep.headBytes, keep.tailBytes);
    this.stderr = new Capture(keep.headBytes, keep.tailBytes);
    this.stdoutPump =
        new Pump(
            process.getInputStream(), OutputListener.Source.STDOUT, stdout, listener, this::count);
    this.stderrPump =
        new Pump(
            process.getErrorStream(), OutputListener.Source.STDERR, stderr, listener, this::count);
  }

  /// Starts the builder for this command; the builder's words may wrap the command's.
  static ProcessRun start(
      ProcessBuilder builder, Kind kind, Command command, OutputListener listener, Keep keep)
      throws IOException {
    var run = new ProcessRun(Spawner.start(builder), kind, command, listener, keep);
    run.stdoutPump.start();
    run.stderrPump.start();
    run.feed(command.input());
    Thread.ofVirtual().name("run-" + run.pid()).start(run::see);
    return run;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public CompletableFuture<Exit> whenEnded() {
    return ended.copy();
  }

  @Override
  public Exit await() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void kill() {
    end(Cause.KILLED);
  }

  /// All bytes kept of stdout.
  byte[] stdoutBytes() {
    return stdout.bytes();
  }

  private void end(Cause why) {
    if (process.isAlive()) {
      cause.compareAndSet(Cause.ITSELF, why);
      kind.kill(process);
    }
  }

  private void count(int bytes) {
    if (written.addAndGet(bytes) > limits.outputBytes()) {
      end(Cause.OUTPUT);
    }
  }

  private void feed(Command.Input input) {
    switch (input) {
      case Command.Input.None _ -> say("");
      case Command.Input.Text(var text) ->
          Thread.ofPlatform().daemon().name("stdin-" + pid()).start(() -> say(text));
      case Command.Input.Open _ -> {
        // The caller writes.
      }
    }
  }

  private void say(String text) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended or closed its stdin without reading all: its right.
    }
  }

  private void see() {
    while (!gone(untilNextLook())) {
      if (cause.get() != Cause.ITSELF) {
        kind.kill(process);
      } else if (!timeLeft().isPositive()) {
        end(Cause.TIME);
      } else {
        kind.overfull().ifPresent(this::endOverfull);
      }
    }
    var took = Duration.ofNanos(System.nanoTime() - startedNanos);
    kind.kill(process);
    stdoutPump.finish(PIPE_MILLIS);
    stderrPump.finish(PIPE_MILLIS);
    var output = new Output(stdout.text(), stderr.text(), stdout.truncated() || stderr.truncated());
    var exit = judge(output, took);
    kind.cleanUp();
    ended.complete(exit);
  }

  private Duration untilNextLook() {
    if (cause.get() != Cause.ITSELF) {
      return KILL_EVERY;
    }
    var left = timeLeft();
    return left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
  }

  private Duration timeLeft() {
    return limits.time().minusNanos(System.nanoTime() - startedNanos);
  }

  private void endOverfull(String reason) {
    overfull = reason;
    end(Cause.DISK);
  }

  private Exit judge(Output output, Duration took) {
    return switch (cause.get()) {
      case ITSELF ->
          written.get() > limits.outputBytes()
              ? new Exit.OutputExceeded(output, took)
              : kind.judge(process.exitValue(), output, took);
      case TIME -> new Exit.TimedOut(output, took);
      case OUTPUT -> new Exit.OutputExceeded(output, took);
      case DISK -> new Exit.DiskExceeded(overfull, output, took);
      case KILLED -> new Exit.Cancelled(output, took);
    };
  }

  private boolean gone(Duration wait) {
    try {
      return process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // Nobody holds this thread; the process is what counts.
      return !process.isAlive();
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A sandbox for tests of others: a function answers instead of a process. The function runs on a
/// virtual thread of its own; a kill interrupts it.
public final class ScriptedSandbox implements Sandbox {
  /// What a run does instead of running.
  @FunctionalInterface
  public interface Script {
    Exit run(Command command, Box box, OutputListener listener) throws InterruptedException;
  }

  private final Script script;

  public ScriptedSandbox(Script script) {
    this.script = script;
  }

  /// Every run ends with this code and these lines on stdout, each told to the listener.
  public static ScriptedSandbox saying(int code, String stdout) {
    return new ScriptedSandbox((_, _, listener) -> {
      stdout.lines().forEach(line -> listener.line(OutputListener.Source.STDOUT, line));
      return finished(code, stdout);
    });
  }

  /// An end by itself.
  public static Exit finished(int code, String stdout) {
    return new Exit.Finished(code, new Output(stdout, "", false), Duration.ZERO);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public String inside(Box box, Path host) {
    return host.toString();
  }

  @Override
  public Running start(Command command, Box box, OutputListener listener) {
    var run = new ScriptedRun();
    run.thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run.ended.complete(script.run(command, box, listener));
              } catch (InterruptedException _) {
                run.ended.complete(new Exit.Cancelled(Output.EMPTY, Duration.ZERO));
              } catch (RuntimeException failed) {
                run.ended.complete(new Exit.NotStarted(failed.toString()));
              }
            });
    return run;
  }

  private static final class ScriptedRun implements Running {
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private volatile Thread thread = Thread.currentThread();

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public OutputStream input() {
      return input;
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
    public CompletableFuture<Exit> whenEnded() {
      return ended.copy();
    }

    @Override
    public void kill() {
      thread.interrupt();
    }
  }
}

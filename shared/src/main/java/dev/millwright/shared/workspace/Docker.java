package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A container of the engine on this machine: the image's system, read-only, and the box. Whoever
/// may speak to the engine rules the machine, so its socket is never bound.
///
/// A container does not die with the factory. Each carries a label, and the next start's [Sweep]
/// removes what is left.
public final class Docker implements Sandbox {
  private final DockerEngine engine;
  private final Runs runs;
  private final DockerOptions options;
  private final String label;

  Docker(DockerEngine engine, String image, Path data) throws IOException {
    this.engine = engine;
    this.options = new DockerOptions(image, searchPath(engine, image), data);
    this.label = DockerEngine.LABEL + "=" + ControlGroups.fingerprint(data);
    // The engine makes the control groups; one of ours would hold its command line only.
    this.runs = new Runs(data, ControlGroups.none());
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public String inside(Box box, Path host) {
    return box.inside(host);
  }

  @Override
  public Running start(Command command, Box box, OutputListener listener) {
    if (box.layers() != null) {
      return new EndedRun(new Exit.NotStarted("the engine mounts no layers"));
    }
    Runs.Run run;
    try {
      run = runs.open(command.limits());
    } catch (IOException failed) {
      return new EndedRun(new Exit.NotStarted("no place to record the run: " + failed));
    }
    try {
      return started(run, command, box, listener);
    } catch (IOException failed) {
      run.end();
      return new EndedRun(new Exit.NotStarted(String.valueOf(failed.getMessage())));
    }
  }

  private Running started(Runs.Run run, Command command, Box box, OutputListener listener)
      throws IOException {
    String container = "millwright-" + run.name();
    var words = engine.words("run", "--name", container, "--label", label);
    words.addAll(options.of(command, box));
    words.addAll(command.argv());
    run.contained(engine.host(), label);
    var builder = new ProcessBuilder(words);
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    // By name on the command line, which is public; by value here.
    builder.environment().putAll(options.environment(command));
    builder.environment().put(Procfs.COOKIE, run.name());
    var disk = new DiskWatch(box.filled(), command.limits().diskBytes());
    var kind = new Contained(engine, container, run, disk, new AtomicBoolean());
    var running = ProcessRun.start(builder, kind, command, listener, ProcessRun.Keep.ENDS);
    run.started(running.pid());
    return running;
  }

  /// The image's own, for what its maker put elsewhere.
  private static Optional<String> searchPath(DockerEngine engine, String image) {
    var format = "{{range .Config.Env}}{{println .}}{{end}}";
    var exit = engine.call("image", "inspect", "--format", format, image);
    return exit.output()
        .stdout()
        .lines()
        .filter(line -> line.startsWith("PATH="))
        .map(line -> line.substring("PATH=".length()))
        .findFirst();
  }

  /// A container and the command line that waits for it.
  private record Contained(
      DockerEngine engine, String container, Runs.Run run, DiskWatch disk, AtomicBoolean removing)
      implements ProcessRun.Kind {
    private static final int ROUNDS = 50;
    private static final long PAUSE_NANOS = 100_000_000;

    @Override
    public void kill(Process process) {
      if (process.isAlive() && removing.compareAndSet(false, true)) {
        Thread.ofVirtual().name("remove-" + container).start(() -> remove(process));
      }
    }

    /// Until it is gone: the engine may only be about to make it. The command line ends by itself
    /// then; if the engine hangs, it is ended.
    private void remove(Process process) {
      for (int round = 0; round < ROUNDS && process.isAlive(); round++) {
        if (engine.remove(container) != DockerEngine.Removal.REMOVED) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      process.toHandle().destroyForcibly();
    }

    @Override
    public Optional<String> overfull() {
      return disk.overfull();
    }

    /// The command line says 125 to 127 in its own name when nothing ran.
    @Override
    public Exit judge(int code, Output output, Duration took) {
      if (code >= 125 && code <= 127 && output.stderr().startsWith("docker: ")) {
        return new Exit.NotStarted(output.stderr().lines().findFirst().orElse(""));
      }
      return code != 0 && starved()
          ? new Exit.MemoryExceeded(output, took)
          : disk.judge(new Exit.Finished(code, output, took));
    }

    private boolean starved() {
      var exit = engine.call("inspect", "--format", "{{.State.OOMKilled}}", container);
      return exit.output().stdout().strip().equals("true");
    }

    /// A container that cannot be removed stays on record, for the next start.
    @Override
    public void cleanUp() {
      if (engine.remove(container) != DockerEngine.Removal.FAILED) {
        run.end();
      }
    }
  }
}

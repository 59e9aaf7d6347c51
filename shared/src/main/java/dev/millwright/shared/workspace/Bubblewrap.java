package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Linux namespaces by `bwrap`: a read-only system, the box and nothing else of the host, no
/// capabilities, a user of its own, no way back. Works as root and as an ordinary user.
public final class Bubblewrap implements Sandbox {
  private static final String SYSTEM_PATH = "/usr/bin:/bin";

  private final Path program;
  private final Runs runs;
  private final BubblewrapOptions options;
  private final Optional<Path> filter;

  Bubblewrap(Path program, Path data) throws IOException {
    this(program, data, new Runs(data), SystemCalls.Machine.here());
  }

  /// @param machine whose system calls are filtered; none are when nobody knows their numbers
  Bubblewrap(Path program, Path data, Runs runs, Optional<SystemCalls.Machine> machine)
      throws IOException {
    Path folder = data.toAbsolutePath().normalize().resolve("sandbox");
    var accounts = Accounts.in(folder, BubblewrapOptions.USER, BubblewrapOptions.USER);
    this.program = program;
    this.runs = runs;
    this.options = new BubblewrapOptions(accounts, Nothing.in(folder), machine.isPresent());
    this.filter = machine.map(_ -> folder.resolve("system-calls"));
    if (machine.isPresent()) {
      WholeFile.write(filter.get(), SystemCalls.filter(machine.get()));
    }
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public boolean layers() {
    return true;
  }

  @Override
  public Running start(Command command, Box box, OutputListener listener) {
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
    Path arguments = run.file("arguments");
    Path status = run.file("status");
    String words = String.join("\0", options.of(command, box)) + "\0";
    Files.write(arguments, words.getBytes(StandardCharsets.UTF_8));
    var bwrap = new ArrayList<String>();
    bwrap.addAll(List.of(program.toString(), "--args", "4", "--json-status-fd", "3", "--"));
    // Inside, so that processes are counted in the sandbox's own user namespace.
    bwrap.addAll(Wrap.limited(run, command.limits(), command.argv()));
    var files = new Wrap.BwrapFiles(status, arguments, filter);
    var layers = box.layers();
    var mounted = layers == null ? bwrap : layers.around(box.workspace(), bwrap);
    var builder = new ProcessBuilder(Wrap.enteringBwrap(run, files, mounted));
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", SYSTEM_PATH, Procfs.COOKIE, run.name()));
    var disk = new DiskWatch(box.filled(), command.limits().diskBytes());
    var kind = new SandboxedKind(run, disk, (code, out, took) -> judge(status, code, out, took));
    var running = ProcessRun.start(builder, kind, command, listener, ProcessRun.Keep.ENDS);
    run.started(running.pid());
    return running;
  }

  @Override
  public String inside(Box box, Path host) {
    return box.inside(host);
  }

  /// bwrap notes the program's own exit code; without that note and without a signal it was bwrap
  /// that failed.
  private static Exit judge(Path status, int code, Output output, Duration took) {
    boolean ended = noted(status).map(notes -> notes.contains("\"exit-code\"")).orElse(false);
    boolean refused = code == 127 && output.stderr().startsWith("prlimit: failed to execute");
    if (!refused && (ended || code > 128)) {
      return new Exit.Finished(code, output, took);
    }
    return new Exit.NotStarted(output.stderr().strip());
  }

  private static Optional<String> noted(Path status) {
    try {
      return Optional.of(Files.readString(status));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}

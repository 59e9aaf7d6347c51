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

  Bubblewrap(Path program, Path data) throws IOException {
    this(program, data, new Runs(data));
  }

  Bubblewrap(Path program, Path data, Runs runs) throws IOException {
    this.program = program;
    this.runs = runs;
    this.options = new BubblewrapOptions(data);
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
    var builder = new ProcessBuilder(Wrap.enteringBwrap(run, status, arguments, bwrap));
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", SYSTEM_PATH, Procfs.COOKIE, run.name()));
    var kind = new SandboxedKind(run, (code, out, took) -> judge(status, code, out, took));
    var running = ProcessRun.start(builder, kind, command, listener, ProcessRun.Keep.ENDS);
    run.started(running.pid());
    return running;
  }

  @Override
  public String inside(Box box, Path host) {
    Path path = host.toAbsolutePath().normalize();
    var binds = new ArrayList<>(List.of(new Box.Bind(box.workspace(), Box.WORKSPACE)));
    binds.addAll(box.readOnly());
    binds.addAll(box.writable());
    return binds.stream()
        .filter(bind -> path.startsWith(bind.host()))
        .max(java.util.Comparator.comparingInt(bind -> bind.host().getNameCount()))
        .map(bind -> Path.of(bind.inside()).resolve(bind.host().relativize(path)).toString())
        .orElse(path.toString());
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

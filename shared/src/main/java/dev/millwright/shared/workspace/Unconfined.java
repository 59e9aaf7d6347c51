package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// No isolation: the program sees the host as the factory's user does, and a box's binds and
/// network mean nothing. Limits, the empty environment, a home of its own and the kill of the whole
/// tree hold all the same. Only where an operator asked for it.
public final class Unconfined implements Sandbox {
  private static final String SYSTEM_PATH = "/usr/bin:/bin";

  private final Runs runs;

  Unconfined(Path data) {
    this(new Runs(data));
  }

  Unconfined(Runs runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "none";
  }

  @Override
  public boolean isolates() {
    return false;
  }

  @Override
  public String inside(Box box, Path host) {
    return host.toAbsolutePath().normalize().toString();
  }

  @Override
  public Running start(Command command, Box box, OutputListener listener) {
    String searchPath = command.environment().getOrDefault("PATH", JavaHome.searchPath());
    String name = command.argv().getFirst();
    var program = Wrap.program(name, searchPath);
    if (program.isEmpty()) {
      return new EndedRun(new Exit.NotStarted("no such program: " + name));
    }
    if (!Files.isDirectory(box.workspace())) {
      return new EndedRun(new Exit.NotStarted("no such workspace: " + box.workspace()));
    }
    if (box.layers() != null) {
      return new EndedRun(new Exit.NotStarted("without a sandbox no layers are mounted"));
    }
    var words = new ArrayList<>(command.argv());
    words.set(0, program.get().toString());
    Runs.Run run;
    try {
      run = runs.open(command.limits());
    } catch (IOException failed) {
      return new EndedRun(new Exit.NotStarted("no place to record the run: " + failed));
    }
    try {
      return started(run, words, command, box, listener);
    } catch (IOException failed) {
      run.end();
      return new EndedRun(new Exit.NotStarted(String.valueOf(failed.getMessage())));
    }
  }

  private static Running started(
      Runs.Run run, List<String> words, Command command, Box box, OutputListener listener)
      throws IOException {
    var limited = Wrap.limited(run, command.limits(), words);
    var builder = new ProcessBuilder(Wrap.entering(run, detached(limited)));
    builder.directory(box.workspace().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(run, command));
    var disk = new DiskWatch(box.filled(), command.limits().diskBytes());
    var kind = new SandboxedKind(run, disk, Exit.Finished::new);
    var running = ProcessRun.start(builder, kind, command, listener, ProcessRun.Keep.ENDS);
    run.started(running.pid());
    return running;
  }

  /// In a session of its own, and dead when the factory dies.
  private static List<String> detached(List<String> words) {
    var all = new ArrayList<String>();
    Wrap.program("setpriv", SYSTEM_PATH)
        .ifPresent(found -> all.addAll(List.of(found.toString(), "--pdeathsig", "KILL", "--")));
    Wrap.program("setsid", SYSTEM_PATH).ifPresent(found -> all.add(found.toString()));
    all.addAll(words);
    return all;
  }

  private static Map<String, String> environment(Runs.Run run, Command command) throws IOException {
    String home = Files.createDirectories(run.file("home")).toString();
    String tmp = Files.createDirectories(run.file("tmp")).toString();
    var all = new HashMap<String, String>();
    all.put("PATH", JavaHome.searchPath());
    all.put("JAVA_HOME", JavaHome.path().toString());
    all.put("HOME", home);
    all.put("TMPDIR", tmp);
    all.put("LANG", "C.UTF-8");
    all.putAll(command.environment());
    all.put(Procfs.COOKIE, run.name());
    return all;
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be run in a workspace before it goes, written down beside it, where no agent reaches
/// and every later process finds it.
final class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
  private static final String FILE = "errands.properties";
  private static final int MOST_LOGGED = 2048;

  private Errands() {}

  static void write(Workspace workspace, List<Errand> errands) throws IOException {
    var written = new Properties();
    for (int n = 0; n < errands.size(); n++) {
      written.setProperty(n + ".name", errands.get(n).name());
      written.setProperty(n + ".script", errands.get(n).script());
      written.setProperty(n + ".limit", errands.get(n).limit().toString());
    }
    try (var out = Files.newBufferedWriter(workspace.folder().resolve(FILE))) {
      written.store(out, null);
    }
  }

  /// Runs them in order; one that fails, hangs or floods stops nothing.
  static void run(Workspace workspace, Sandbox sandbox) throws InterruptedException {
    for (var errand : read(workspace.folder().resolve(FILE))) {
      var command =
          Command.of("/bin/sh", "-lc", errand.script())
              .withLimits(Limits.DEFAULT.withTime(errand.limit()));
      var exit = sandbox.run(command, workspace.box());
      if (!exit.succeeded()) {
        var said = exit.output().both().strip().replaceAll("\\p{Cntrl}+", " ");
        LOG.warn(
            "event=HookFailed workItem={} hook={} how=\"{}\" said=\"{}\"",
            workspace.item(),
            errand.name(),
            exit.summary(),
            said.substring(0, Math.min(said.length(), MOST_LOGGED)));
      }
    }
  }

  private static List<Errand> read(Path file) {
    var written = new Properties();
    var errands = new ArrayList<Errand>();
    if (!Files.exists(file)) {
      return errands;
    }
    try (var in = Files.newBufferedReader(file)) {
      written.load(in);
      for (int n = 0; written.containsKey(n + ".name"); n++) {
        errands.add(
            new Errand(
                written.getProperty(n + ".name"),
                written.getProperty(n + ".script", ""),
                Duration.parse(written.getProperty(n + ".limit"))));
      }
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("event=HooksNotRead file={}", file, unreadable);
    }
    return errands;
  }
}

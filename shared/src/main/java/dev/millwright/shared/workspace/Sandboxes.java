package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which sandbox works here.
public final class Sandboxes {
  private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);
  private static final String FIX =
      "install bubblewrap (apt-get install bubblewrap) and allow user namespaces"
          + " (sysctl kernel.unprivileged_userns_clone=1,"
          + " kernel.apparmor_restrict_unprivileged_userns=0), or accept no isolation with"
          + " sandbox: {kind: none}";

  private Sandboxes() {}

  /// Tries it for real; takes some milliseconds. `AUTO` never falls back to no isolation.
  public static Detection detect(SandboxKind kind, Path data) {
    return switch (kind) {
      case AUTO, BUBBLEWRAP -> bubblewrap(data);
      case NONE -> {
        LOG.warn("event=NoIsolation agents and checks run as this user, with all it may do");
        yield new Detection.Available(new Unconfined(data));
      }
    };
  }

  private static Detection bubblewrap(Path data) {
    var program = Wrap.program("bwrap", "/usr/bin:/bin:/usr/local/bin");
    if (program.isEmpty()) {
      return new Detection.Missing("bwrap is not installed", FIX);
    }
    try {
      var sandbox = new Bubblewrap(program.get(), data);
      var probe =
          Files.createTempDirectory(Files.createDirectories(data.resolve("probes")), "probe-");
      try {
        return judge(sandbox, sandbox.run(probing(), Box.of(probe)));
      } finally {
        Trees.delete(probe);
      }
    } catch (IOException failed) {
      return new Detection.Missing("bwrap could not be tried: " + failed, FIX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Detection.Missing("interrupted while trying bwrap", FIX);
    }
  }

  private static Command probing() {
    return Command.shell("touch /workspace/written && ! touch /usr/written 2> /dev/null")
        .withLimits(Limits.DEFAULT.withTime(Duration.ofSeconds(20)));
  }

  private static Detection judge(Sandbox sandbox, Exit exit) {
    return exit.succeeded()
        ? new Detection.Available(sandbox)
        : new Detection.Missing(
            "bwrap does not work here: " + exit.summary() + " " + exit.output().stderr().strip(),
            FIX);
  }
}

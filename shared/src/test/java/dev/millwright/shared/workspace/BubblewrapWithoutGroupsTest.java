package dev.millwright.shared.workspace;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// As on a machine where no control group can be had.
class BubblewrapWithoutGroupsTest extends SandboxContract {
  @Override
  Sandbox create(Path dataFolder) {
    if (Sandboxes.detect(SandboxKind.AUTO, dataFolder)
        instanceof Detection.Missing(var reason, var fix)) {
      return abort(reason + "; " + fix);
    }
    try {
      var runs = new Runs(dataFolder, ControlGroups.none());
      return new Bubblewrap(
          Path.of("/usr/bin/bwrap"), dataFolder, runs, SystemCalls.Machine.here());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

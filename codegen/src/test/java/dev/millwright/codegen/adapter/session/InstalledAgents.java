package dev.millwright.codegen.adapter.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The agents of `src/test/agents`, installed from npm once into a folder of this user's cache.
final class InstalledAgents {
  private InstalledAgents() {}

  /// The folder with their programs; installs them first where they are missing.
  static synchronized Path programs() {
    try {
      var install =
          new ProcessBuilder("src/test/agents/install")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var folder =
          new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (install.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("npm could not install the agents");
      }
      return Path.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

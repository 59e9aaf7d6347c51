package dev.millwright.codegen.adapter.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// The agents of `src/test/agents`, installed from npm once into a folder of this user's cache.
final class InstalledAgents {
  private static final Path PINS = Path.of("src", "test", "agents");

  private InstalledAgents() {}

  /// The folder with their programs; installs them first where they are missing.
  static synchronized Path programs() {
    try {
      var lock = Files.readAllBytes(PINS.resolve("package-lock.json"));
      var hash = java.security.MessageDigest.getInstance("SHA-256").digest(lock);
      var folder =
          Path.of(System.getProperty("user.home"), ".cache", "millwright", "agents")
              .resolve(HexFormat.of().formatHex(hash, 0, 8));
      Files.createDirectories(folder);
      try (var channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (!Files.exists(folder.resolve("installed"))) {
          install(folder);
          Files.writeString(folder.resolve("installed"), held.toString());
        }
      }
      return folder.resolve("node_modules").resolve(".bin");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void install(Path folder) throws IOException {
    for (var name : new String[] {"package.json", "package-lock.json"}) {
      Files.write(folder.resolve(name), Files.readAllBytes(PINS.resolve(name)));
    }
    var log = folder.resolve("install.log").toFile();
    var npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      if (!npm.waitFor(15, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw new IllegalStateException(
            "npm could not install the agents:\n" + Files.readString(log.toPath()));
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// The JDK this process runs on, which is the one builds inside a sandbox get.
final class JavaHome {
  private JavaHome() {}

  static Path path() {
    return Path.of(System.getProperty("java.home"));
  }

  /// With that JDK first, then the system's programs.
  static String searchPath() {
    return path().resolve("bin") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  }
}

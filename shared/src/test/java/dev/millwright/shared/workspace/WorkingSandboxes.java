package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.stream.Stream;

/// The sandboxes that isolate and work on this machine: bubblewrap always, for without it nothing
/// is proved; containers where an engine answers and `MILLWRIGHT_TEST_IMAGE` names an image it has.
final class WorkingSandboxes {
  private static final String IMAGE = System.getenv().getOrDefault("MILLWRIGHT_TEST_IMAGE", "");

  private WorkingSandboxes() {}

  static Stream<SandboxKind> kinds() {
    return Stream.concat(Stream.of(SandboxKind.BUBBLEWRAP), containers());
  }

  /// Docker, or nothing.
  static Stream<SandboxKind> containers() {
    boolean answers =
        !IMAGE.isEmpty()
            && DockerEngine.installed()
                .map(engine -> engine.call("image", "inspect", IMAGE).succeeded())
                .orElse(false);
    return answers ? Stream.of(SandboxKind.DOCKER) : Stream.empty();
  }

  static Sandbox make(SandboxKind kind, Path data) {
    return switch (Sandboxes.detect(kind, IMAGE, data)) {
      case Detection.Available(var sandbox) -> sandbox;
      case Detection.Missing(var reason, var fix) -> throw new AssertionError(reason + "; " + fix);
    };
  }
}

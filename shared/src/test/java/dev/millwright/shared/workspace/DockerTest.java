package dev.millwright.shared.workspace;

import java.nio.file.Path;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs where an engine answers; see [WorkingSandboxes].
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("dev.millwright.shared.workspace.WorkingSandboxes#containers")
class DockerTest extends SandboxContract {
  @Parameter SandboxKind kind = SandboxKind.DOCKER;

  @Override
  Sandbox create(Path dataFolder) {
    return WorkingSandboxes.make(kind, dataFolder);
  }
}

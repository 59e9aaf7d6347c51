package dev.millwright.shared.workspace;

import java.nio.file.Path;

class UnconfinedTest extends SandboxContract {
  @Override
  Sandbox create(Path dataFolder) {
    return new Unconfined(dataFolder);
  }
}

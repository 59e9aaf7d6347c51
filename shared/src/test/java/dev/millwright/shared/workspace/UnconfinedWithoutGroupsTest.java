package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// As on a machine where no control group can be had.
class UnconfinedWithoutGroupsTest extends SandboxContract {
  @Override
  Sandbox create(Path dataFolder) {
    return new Unconfined(new Runs(dataFolder, ControlGroups.none()));
  }
}

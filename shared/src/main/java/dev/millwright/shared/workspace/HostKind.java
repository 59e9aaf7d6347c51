package dev.millwright.shared.workspace;

import java.time.Duration;

/// A process of the factory's own on the host: killed with its descendants, judged by its code.
record HostKind() implements ProcessRun.Kind {
  @Override
  public void kill(Process process) {
    var descendants = process.descendants().toList();
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void cleanUp() {
    // Nothing was set up.
  }

  @Override
  public Exit judge(int code, Output output, Duration took) {
    return new Exit.Finished(code, output, took);
  }
}

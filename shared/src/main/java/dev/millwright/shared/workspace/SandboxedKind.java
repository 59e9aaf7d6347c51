package dev.millwright.shared.workspace;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A run in its own control group where one could be had, else told by its cookie and descent.
record SandboxedKind(Runs.Run run, DiskWatch disk, Verdict verdict) implements ProcessRun.Kind {
  /// What a code means to the sandbox.
  interface Verdict {
    Exit of(int code, Output output, Duration took);
  }

  @Override
  public void kill(Process process) {
    // By handle: Process.destroy would close the pipes with output still in them.
    if (run.group().isPresent()) {
      run.group().get().kill();
      process.toHandle().destroyForcibly();
      return;
    }
    var descendants = process.descendants().toList();
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    Procfs.killMarked(Set.of(run.name()));
  }

  @Override
  public Optional<String> overfull() {
    return disk.overfull();
  }

  @Override
  public Exit judge(int code, Output output, Duration took) {
    boolean starved = code != 0 && run.group().map(ControlGroup::ranOutOfMemory).orElse(false);
    return starved
        ? new Exit.MemoryExceeded(output, took)
        : disk.judge(verdict.of(code, output, took));
  }

  @Override
  public void cleanUp() {
    run.end();
  }
}

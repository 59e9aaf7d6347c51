package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kills at boot what an earlier process of the same data directory left running, and deletes what
/// only it had a use for. Only for the one process that holds the data directory, before it starts
/// anything itself.
public record Sweep(int runs, int killed) {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final List<String> SCRATCH = List.of("checks", "probes", "artifacts/incoming");

  /// Kills by control group, by recorded process (never a later one with the same pid), and by the
  /// cookie each run's processes carry; then forgets the records.
  public static Sweep of(Path data) {
    var runs = new Runs(data);
    var left = runs.left();
    int killed = 0;
    for (var run : left) {
      for (Path group : run.groups()) {
        if (runs.groups().owns(group)) {
          new ControlGroup(List.of(group), false).remove();
        }
      }
      if (run.boot().equals(Procfs.bootId()) && Procfs.kill(run.pid(), run.start())) {
        killed++;
      }
    }
    runs.groups().left().forEach(ControlGroup::remove);
    killed += Procfs.killMarked(left.stream().map(Runs.Left::name).collect(Collectors.toSet()));
    left.forEach(run -> forget(run.folder()));
    SCRATCH.forEach(scratch -> forget(data.resolve(scratch)));
    if (!left.isEmpty()) {
      LOG.info("event=Swept runs={} killed={}", left.size(), killed);
    }
    return new Sweep(left.size(), killed);
  }

  private static void forget(Path folder) {
    try {
      Trees.delete(folder);
    } catch (IOException kept) {
      LOG.warn("event=ScratchKept folder={}", folder, kept);
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kills at boot what an earlier process of the same data directory left running, and deletes what
/// only it had a use for. Only for the one process that holds the data directory, before it starts
/// anything itself.
public record Sweep(int runs, int killed) {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final List<String> SCRATCH = List.of("checks", "probes", "artifacts/incoming");

  /// Kills by control group, by recorded process (never a later one with the same pid), by the
  /// cookie each run's processes carry, and by container; then forgets the records.
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
    var unreachable = new HashSet<Runs.Containers>();
    for (var containers : left.stream().map(Runs.Left::containers).distinct().toList()) {
      var swept = containers(containers);
      killed += swept.orElse(0);
      if (swept.isEmpty()) {
        unreachable.add(containers);
        LOG.warn(
            "event=ContainersKept engine={} reason=\"it does not answer\"", containers.engine());
      }
    }
    left.stream()
        .filter(run -> !unreachable.contains(run.containers()))
        .forEach(run -> forget(run.folder()));
    SCRATCH.forEach(scratch -> forget(data.resolve(scratch)));
    if (!left.isEmpty()) {
      LOG.info("event=Swept runs={} killed={}", left.size(), killed);
    }
    return new Sweep(left.size(), killed);
  }

  /// How many were removed; nothing when the engine does not answer, and the record has to stay.
  private static Optional<Integer> containers(Runs.Containers containers) {
    return containers.label().startsWith(DockerEngine.LABEL + "=")
        ? DockerEngine.at(containers.engine()).flatMap(engine -> engine.sweep(containers.label()))
        : Optional.of(0);
  }

  private static void forget(Path folder) {
    try {
      Trees.delete(folder);
    } catch (IOException kept) {
      LOG.warn("event=ScratchKept folder={}", folder, kept);
    }
  }
}

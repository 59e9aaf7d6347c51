package dev.millwright.triage.domain;

import java.util.Map;
import java.util.Optional;

/// A dependency and the version it is to have, as a signal's facts name them.
record Dependency(String group, String artifact, String version) {
  static Optional<Dependency> of(Map<String, String> facts) {
    var group = facts.getOrDefault("group", "").strip();
    var artifact = facts.getOrDefault("artifact", "").strip();
    var version = facts.getOrDefault("version", "").strip();
    return group.isEmpty() || artifact.isEmpty() || version.isEmpty()
        ? Optional.empty()
        : Optional.of(new Dependency(group, artifact, version));
  }

  Map<String, String> instructions() {
    return Map.of(
        "recipe", "upgrade-dependency", "group", group, "artifact", artifact, "version", version);
  }
}

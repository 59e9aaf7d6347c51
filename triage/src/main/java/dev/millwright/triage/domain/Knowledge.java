package dev.millwright.triage.domain;

import java.util.List;

/// What triage knows beside the request itself: earlier work that reads like it, what finished work
/// teaches, whether the repository can prove a change, what a model thinks.
public record Knowledge(
    List<Alike> alike, Experience experience, Readiness readiness, Opinion opinion) {
  public Knowledge {
    alike = List.copyOf(alike);
  }

  /// A factory that has seen nothing yet.
  public static Knowledge none() {
    return new Knowledge(
        List.of(),
        new Experience(),
        new Readiness.Unknown("nobody has looked yet"),
        new Opinion.NotAsked());
  }
}

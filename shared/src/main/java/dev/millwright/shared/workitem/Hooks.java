package dev.millwright.shared.workitem;

import java.time.Duration;
import java.util.Objects;

/// What a repository wants run around each attempt, as Symphony's specification has it: shell
/// scripts, empty where there is none.
///
/// @param limit the time each of them may take
public record Hooks(
    String afterCreate, String beforeRun, String afterRun, String beforeRemove, Duration limit) {
  public static final Duration USUAL_LIMIT = Duration.ofMinutes(1);

  public static final Hooks NONE = new Hooks("", "", "", "", USUAL_LIMIT);

  public Hooks {
    afterCreate = Objects.requireNonNullElse(afterCreate, "");
    beforeRun = Objects.requireNonNullElse(beforeRun, "");
    afterRun = Objects.requireNonNullElse(afterRun, "");
    beforeRemove = Objects.requireNonNullElse(beforeRemove, "");
    limit = Objects.requireNonNullElse(limit, USUAL_LIMIT);
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("hooks need some time");
    }
  }
}

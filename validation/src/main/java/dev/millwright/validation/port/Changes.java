package dev.millwright.validation.port;

import dev.millwright.shared.workitem.Change;
import dev.millwright.validation.domain.Delta;

/// What a change does to the files of its repository. Reads only; may be asked again.
public interface Changes {

  /// Reads a change of a repository; both commits are in the factory's own mirror.
  Answer between(String repo, Change.Revision revision);

  /// What came of reading.
  sealed interface Answer {
    record Read(Delta delta) implements Answer {}

    record Unreadable(String reason) implements Answer {}
  }
}

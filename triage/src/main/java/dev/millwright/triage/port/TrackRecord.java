package dev.millwright.triage.port;

import dev.millwright.triage.domain.Experience;

/// What finished work teaches, counted from the journal.
@FunctionalInterface
public interface TrackRecord {
  /// As it is known now; may grow while it is read.
  Experience experience();
}

package dev.millwright.shared.workspace;

import java.time.Instant;
import java.util.List;

/// One commit of a log.
public record LogEntry(
    String commit,
    List<String> parents,
    String author,
    Instant committedAt,
    String subject,
    String body) {
  public LogEntry {
    parents = List.copyOf(parents);
  }
}

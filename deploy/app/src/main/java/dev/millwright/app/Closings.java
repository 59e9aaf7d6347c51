package dev.millwright.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened, closed once, in the opposite order; a part that cannot be closed keeps
/// none of the others open.
final class Closings {
  private static final Logger LOG = LoggerFactory.getLogger(Closings.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicBoolean closing = new AtomicBoolean();

  /// Keeps a part, to close it later.
  <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /// Whether this call closed everything, and not an earlier one.
  boolean close() {
    if (!closing.compareAndSet(false, true)) {
      return false;
    }
    Stream.generate(parts::poll).takeWhile(Objects::nonNull).forEach(Closings::closeQuietly);
    return true;
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("event=StopFailed cause=\"{}\"", e.toString());
    }
  }
}

package dev.millwright.app;

import dev.millwright.shared.journal.AuditTrail;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.JournalAudit;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.FactorySettings;
import java.io.IOException;
import java.util.List;

/// The one place where the command line meets the factory; nothing here is loaded by the commands
/// that only talk to a server.
public final class Factories {
  private Factories() {}

  /// What `up` and `demo` start.
  public static FactoryRunner runner() {
    return (settings, progress) -> RunningFactory.start(settings, progress, Factory::stages);
  }

  /// A whole factory in which other code stands for the six stages; for benchmarks.
  public static FactoryRunner runner(List<StageCode> stages) {
    return (settings, progress) -> RunningFactory.start(settings, progress, _ -> stages);
  }

  /// Whether a factory has ever kept a journal where these settings say.
  public static boolean hasJournal(FactorySettings settings) {
    return Database.isThere(settings.storage());
  }

  /// Reads the journal of a factory that need not run. Only one process can open an embedded
  /// journal, and opening it beside a factory would touch its file: the data directory is held
  /// meanwhile. PostgreSQL is read beside a running factory.
  public static <T> T read(FactorySettings settings, Reading<T> reading)
      throws FactoryRunner.CannotStart, IOException {
    var storage = settings.storage();
    try (var _ = storage.isEmbedded() ? DataLock.take(settings.data()) : null;
        var trail = new JournalAudit(Database.open(storage))) {
      return reading.of(trail);
    }
  }

  /// What is asked of a journal.
  @FunctionalInterface
  public interface Reading<T> {
    T of(AuditTrail trail) throws IOException;
  }
}

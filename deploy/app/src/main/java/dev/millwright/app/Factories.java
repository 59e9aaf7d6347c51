package dev.millwright.app;

import dev.millwright.shared.journal.AuditTrail;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.JournalAudit;
import dev.millwright.shared.settings.FactorySettings;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The one place where the command line meets the factory; nothing here is loaded by the commands
/// that only talk to a server.
public final class Factories {
  private Factories() {}

  /// What `up` and `demo` start.
  public static FactoryRunner runner() {
    return RunningFactory::start;
  }

  /// The journal of a factory that need not run.
  public static AuditTrail audit(FactorySettings settings) {
    try {
      return new JournalAudit(Database.open(settings.storage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

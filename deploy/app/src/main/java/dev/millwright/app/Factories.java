package dev.millwright.app;

import dev.millwright.shared.journal.AuditTrail;
import dev.millwright.shared.settings.FactorySettings;

/// The one place where the command line meets the factory; nothing here is loaded by the commands
/// that only talk to a server.
public final class Factories {
  private Factories() {}

  /// What `up` and `demo` start.
  public static FactoryRunner runner() {
    throw new UnsupportedOperationException("the factory is not wired to `up` and `demo` yet");
  }

  /// The journal of a factory that need not run.
  public static AuditTrail audit(FactorySettings settings) {
    throw new UnsupportedOperationException(
        "the journal in " + settings.data() + " is not wired to `audit` yet");
  }
}

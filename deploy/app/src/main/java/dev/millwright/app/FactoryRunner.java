package dev.millwright.app;

import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.SettingsWatch;
import java.net.URI;
import java.util.function.Consumer;

/// Starts a whole factory in this process.
public interface FactoryRunner {
  /// Returns once the factory answers; says on the way what it is doing.
  Running start(SettingsWatch settings, Consumer<String> progress) throws CannotStart;

  /// The same with settings that do not change.
  default Running start(FactorySettings settings, Consumer<String> progress) throws CannotStart {
    return start(SettingsWatch.fixed(settings), progress);
  }

  /// A factory that runs.
  interface Running extends AutoCloseable {
    /// Where it answers; with port 0 in the settings, the port it got.
    URI url();

    /// Returns when it has stopped, whoever stopped it.
    void awaitStopped() throws InterruptedException;

    /// Stops it in order; running attempts are given up and queue again at the next start. Closing
    /// twice is closing once.
    @Override
    void close();
  }

  /// Something an operator can do something about: the data directory is held, the port is taken,
  /// the database does not answer.
  final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    public CannotStart(String what, String fix) {
      super(what);
      this.fix = fix;
    }

    public String fix() {
      return fix;
    }
  }
}

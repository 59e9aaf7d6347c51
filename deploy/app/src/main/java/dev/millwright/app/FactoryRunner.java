package dev.millwright.app;

import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.journal.DatabaseUnusable;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.SettingsWatch;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(CannotStart.class);
    private final String fix;

    public CannotStart(String what, String fix) {
      super(what);
      this.fix = fix;
    }

    /// What an operator can do something about, said without a stack trace; the log has the rest.
    static CannotStart because(Exception failure) {
      LOG.debug("event=StartFailed", failure);
      var cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      var fix =
          switch (cause) {
            case HttpServer.CannotListen _ ->
                "Choose another with --port or server.port, or stop what listens there.";
            case DatabaseUnusable unusable -> unusable.fix();
            default -> "`millwright doctor` looks at what a factory needs.";
          };
      return new CannotStart(String.valueOf(cause.getMessage()), fix);
    }

    public String fix() {
      return fix;
    }
  }
}

package dev.millwright.codegen.port;

import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The only way from an agent to a model. It holds the real keys; an agent gets a token that is
/// worth something for one attempt, and everything it says and costs is seen here.
public interface ModelGateway {
  /// Lets one session of an agent in. Closing the pass ends its token.
  Pass admit(Brief brief, String agent);

  /// What one attempt may use, and what it has used.
  interface Pass extends AutoCloseable {
    /// Presented by the agent where its provider wants a key.
    String token();

    /// The folder with the socket `door`, to be seen inside a sandbox that has no network.
    Path doors();

    /// Where an agent without a sandbox reaches the gateway, such as `http://127.0.0.1:49152`.
    String url();

    /// Replies of a model that arrived whole.
    long replies();

    /// What they cost.
    Usage spent();

    /// When something last went either way.
    Instant lastTraffic();

    /// What went wrong with the newest exchange, if it did.
    Optional<Trouble> trouble();

    /// What was said either way, without a key, in a file that is the caller's to put away once the
    /// pass is closed; empty while nothing was said.
    Optional<Path> exchanges();

    @Override
    void close();
  }

  /// A call that a model, its provider or a budget refused.
  ///
  /// @param after when it is worth trying again, where somebody said so
  record Trouble(FailureKind kind, String reason, Optional<java.time.Duration> after) {}
}

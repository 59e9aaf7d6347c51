package dev.millwright.shared.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the factory listens and whom it lets in.
///
/// @param port 0 takes any free port
/// @param publicUrl how browsers reach it when a proxy or a name stands in front
public record HttpSettings(String host, int port, @Nullable URI publicUrl, Tokens tokens) {
  /// Why this must not be served, in words for the operator; empty when it may.
  ///
  /// Bound beyond this machine without a token, anybody on the network could approve changes.
  public Optional<String> refusal() {
    if (!tokens.isEmpty() || loopback()) {
      return Optional.empty();
    }
    return Optional.of(
        "server.host is "
            + host
            + ", which other machines can reach, but no token is configured: make one with"
            + " `millwright token create`, or set server.host to 127.0.0.1");
  }

  private boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

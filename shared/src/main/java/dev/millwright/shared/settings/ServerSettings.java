package dev.millwright.shared.settings;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the factory listens and who may speak to it.
///
/// @param port 0 takes a free one
/// @param publicUrl the address people reach it by, `null` when it is the one it listens on
/// @param tokens what a caller must present, by the caller's name; none means nobody is asked
public record ServerSettings(
    String host, int port, @Nullable URI publicUrl, Map<String, Secret> tokens) {
  public static final ServerSettings DEFAULT =
      new ServerSettings("127.0.0.1", 7420, null, Map.of());

  public ServerSettings {
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
    if (host.isBlank()) {
      throw new IllegalArgumentException("server.host must not be empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("server.port must be 0 to 65535, got " + port);
    }
  }

  /// Whether only this machine can reach it.
  public boolean loopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  public ServerSettings withHost(String newHost) {
    return new ServerSettings(newHost, port, publicUrl, tokens);
  }

  public ServerSettings withPort(int newPort) {
    return new ServerSettings(host, newPort, publicUrl, tokens);
  }
}

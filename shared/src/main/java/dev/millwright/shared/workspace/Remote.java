package dev.millwright.shared.workspace;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Where a repository is fetched from or pushed to, and the variables git needs for it. Secrets
/// travel in the environment, never on a command line or in a file.
public record Remote(String url, Map<String, String> environment) {
  public Remote {
    environment = Map.copyOf(environment);
    if (url.isBlank() || url.startsWith("-") || url.contains("::") || url.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a repository address");
    }
  }

  /// A url or a local path that needs no secret.
  public static Remote of(String url) {
    return new Remote(url, Map.of());
  }

  /// HTTP basic authentication; the user is what the forge wants beside a token.
  public static Remote withToken(String url, String user, String token) {
    String pair =
        Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    return new Remote(
        url,
        Map.of(
            "GIT_CONFIG_COUNT",
            "1",
            "GIT_CONFIG_KEY_0",
            "http." + url + ".extraHeader",
            "GIT_CONFIG_VALUE_0",
            "Authorization: Basic " + pair));
  }

  @Override
  public String toString() {
    return "Remote[" + url.replaceAll("://[^/@]*@", "://") + "]";
  }
}

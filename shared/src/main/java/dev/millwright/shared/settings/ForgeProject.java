package dev.millwright.shared.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which project of a forge the board of a repository is about where nobody says: that of the
/// repository's own address.
///
/// @param key what `provider` calls it
/// @param api what `provider` calls the address of the forge's interface
/// @param usual the host where there is none
record ForgeProject(String key, String api, String usual) {
  static final Map<String, ForgeProject> OF_KIND =
      Map.of(
          "github", new ForgeProject("repo", "api_url", "github.com"),
          "gitlab", new ForgeProject("project_path", "api_url", "gitlab.com"));

  /// `https://host/a/b.git`, `ssh://git@host:22/a/b`, `git@host:a/b.git`.
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?:https?|ssh)://(?:[^/@]*@)?([^/:@]+)(?::\\d+)?/|[^/@]+@([^/:]+):/?)(.+?)(?:\\.git)?/*");

  /// Empty where the repository is elsewhere.
  ///
  /// @param provider what was said
  /// @param url the repository's address
  Optional<String> of(Map<String, Object> provider, String url) {
    var address = ADDRESS.matcher(url);
    if (!address.matches()) {
      return Optional.empty();
    }
    var host = address.group(1) == null ? address.group(2) : address.group(1);
    return host.equalsIgnoreCase(host(provider)) ? Optional.of(address.group(3)) : Optional.empty();
  }

  private String host(Map<String, Object> provider) {
    try {
      return provider.get(api) instanceof String said
          ? String.valueOf(URI.create(said.strip()).getHost())
          : usual;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}

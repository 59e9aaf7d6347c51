package dev.millwright.shared.settings;

import org.jspecify.annotations.Nullable;

/// One repository the factory works on.
///
/// @param url anything git can fetch from: a path, an ssh or https address
/// @param base the branch changes land on
/// @param forge the forge's name, `local` for a plain git repository
/// @param workflow path of the policy file inside the repository
/// @param policy what the policy file says, where the factory was started with it and it is the
///   operator's; `null` reads it in the repository
public record RepoSettings(
    String name, String url, String base, String forge, String workflow, @Nullable String policy) {
  /// With the policy file that is in it.
  public RepoSettings(String name, String url, String base, String forge, String workflow) {
    this(name, url, base, forge, workflow, null);
  }

  RepoSettings told(@Nullable String newPolicy) {
    return new RepoSettings(name, url, base, forge, workflow, newPolicy);
  }
}

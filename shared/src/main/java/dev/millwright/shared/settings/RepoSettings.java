package dev.millwright.shared.settings;

/// One repository the factory works on.
///
/// @param url anything git can fetch from: a path, an ssh or https address
/// @param base the branch changes land on
/// @param forge the forge's name, `local` for a plain git repository
/// @param workflow path of the policy file inside the repository
public record RepoSettings(String name, String url, String base, String forge, String workflow) {}

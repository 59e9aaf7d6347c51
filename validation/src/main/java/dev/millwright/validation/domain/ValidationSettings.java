package dev.millwright.validation.domain;

import dev.millwright.shared.settings.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How checks are run.
///
/// @param usualLimit the time a discovered check may take
/// @param prepareLimit the time fetching a project's dependencies may take
/// @param mavenSeed a local Maven repository to read from before the network, such as the user's
///   own
/// @param networkEnvironment variables for steps that may use the network, such as proxies
public record ValidationSettings(
    Duration usualLimit,
    Duration prepareLimit,
    @Nullable Path mavenSeed,
    Map<String, String> networkEnvironment,
    SandboxSettings sandbox) {
  public ValidationSettings {
    networkEnvironment = Map.copyOf(networkEnvironment);
  }

  /// Twenty minutes for each, with the user's own Maven repository as the seed.
  public static ValidationSettings of(Path home, SandboxSettings sandbox) {
    return new ValidationSettings(
        Duration.ofMinutes(20),
        Duration.ofMinutes(20),
        home.resolve(".m2/repository"),
        Map.of(),
        sandbox);
  }
}

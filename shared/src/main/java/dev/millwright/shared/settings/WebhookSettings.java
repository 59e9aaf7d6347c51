package dev.millwright.shared.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One webhook the factory listens to.
///
/// @param kind who sends it, such as `github`
/// @param repo the repository it is about, by the name it has here; `null` lets the payload say
public record WebhookSettings(
    String name,
    String kind,
    Secrets secrets,
    @Nullable String repo,
    Calling calling,
    People people,
    Mapping mapping) {

  /// What proves that a delivery is the provider's.
  ///
  /// @param current without one, nothing is accepted
  /// @param previous still good, while the provider is being told the current one
  public record Secrets(Secret current, Secret previous) {}

  /// How people turn to the factory.
  ///
  /// @param label an issue that has it is work
  /// @param handle the factory's own name there: an issue assigned to it is work, and so is what is
  ///   said to it in a comment
  public record Calling(String label, String handle) {}

  /// Whose word counts.
  ///
  /// @param trusted names or ids the provider's word is not needed for
  /// @param bots whether what other bots say is heard
  public record People(List<String> trusted, boolean bots) {
    public People {
      trusted = List.copyOf(trusted);
    }
  }

  /// How a provider that is not known by name is read.
  ///
  /// @param auth `hmac` or `bearer`
  /// @param header where its signature stands
  /// @param pointers where in its JSON each of `title`, `body`, `key`, … stands
  public record Mapping(String auth, String header, Map<String, String> pointers) {
    public static final Mapping USUAL = new Mapping("hmac", "X-Signature-256", Map.of());

    public Mapping {
      pointers = Map.copyOf(pointers);
    }
  }
}

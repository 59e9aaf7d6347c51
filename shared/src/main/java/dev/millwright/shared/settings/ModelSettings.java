package dev.millwright.shared.settings;

import java.net.URI;

/// A model that agents reach through the gateway.
///
/// @param protocol such as `openai-responses`
/// @param model what the provider calls it; empty leaves what the agent asks for
public record ModelSettings(
    String name, String protocol, URI baseUrl, Secret key, String model, Price price) {
  /// US dollars for a million tokens; 0 where nobody said.
  public record Price(double input, double output) {}
}

package dev.millwright.shared.settings;

import java.net.URI;

/// A model that agents reach through the gateway.
///
/// @param protocol such as `openai-responses`
/// @param model what the provider calls it; empty leaves what the agent asks for
public record ModelSettings(
    String name, String protocol, URI baseUrl, Secret key, String model, Price price, Rate rate) {
  /// US dollars for a million tokens; 0 where nobody said.
  ///
  /// @param cached for input that the provider had in its cache
  public record Price(double input, double cached, double output) {}

  /// What all agents together may ask of it in a minute; 0 for no limit.
  public record Rate(int requests, int tokens) {
    public static final Rate UNLIMITED = new Rate(0, 0);
  }
}

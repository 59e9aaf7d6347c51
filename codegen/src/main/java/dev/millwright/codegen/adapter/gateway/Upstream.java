package dev.millwright.codegen.adapter.gateway;

import dev.millwright.shared.settings.Secret;
import java.net.URI;

/// A model behind the gateway.
///
/// @param name its name in the settings
/// @param base the provider's address, up to but without the path the wire adds
/// @param model what it is called there; empty leaves what the agent asks for
public record Upstream(String name, Wire wire, URI base, Secret key, String model, Price price) {

  /// US dollars for a million tokens.
  public record Price(double input, double output) {
    public static final Price NONE = new Price(0, 0);

    /// In millionths of a dollar, rounded up: a budget is never overrun by rounding.
    long microDollars(Wire.Tokens tokens) {
      return (long) Math.ceil(tokens.input() * input + tokens.output() * output);
    }
  }

  /// Where a request of this wire goes. Settings may or may not name the version in the address.
  URI at(String pathAndQuery) {
    var address = base.toString().replaceAll("/+$", "");
    var version = pathAndQuery.replaceFirst("^(/v1(?:beta)?)/.*$", "$1");
    var path = address.endsWith(version) ? pathAndQuery.substring(version.length()) : pathAndQuery;
    return URI.create(address + path);
  }
}

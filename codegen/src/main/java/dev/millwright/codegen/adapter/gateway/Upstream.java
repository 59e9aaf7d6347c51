package dev.millwright.codegen.adapter.gateway;

import dev.millwright.shared.settings.ModelSettings;
import java.net.URI;
import java.util.Optional;

/// A model behind the gateway, and how it is spoken to.
public record Upstream(ModelSettings settings, Wire wire) {
  /// Empty where the gateway does not speak its protocol.
  public static Optional<Upstream> of(ModelSettings settings) {
    return Wire.named(settings.protocol()).map(wire -> new Upstream(settings, wire));
  }

  String name() {
    return settings.name();
  }

  /// In millionths of a dollar, rounded up: a budget is never overrun by rounding.
  long microDollars(Wire.Tokens tokens) {
    var price = settings.price();
    return (long)
        Math.ceil(
            (tokens.input() - tokens.cached()) * price.input()
                + tokens.cached() * price.cached()
                + tokens.output() * price.output());
  }

  /// Where a request of this wire goes. Settings may or may not name the version in the address.
  URI at(String pathAndQuery) {
    var address = settings.baseUrl().toString().replaceAll("/+$", "");
    var version = pathAndQuery.replaceFirst("^(/v1(?:beta)?)/.*$", "$1");
    var path = address.endsWith(version) ? pathAndQuery.substring(version.length()) : pathAndQuery;
    return URI.create(address + path);
  }
}

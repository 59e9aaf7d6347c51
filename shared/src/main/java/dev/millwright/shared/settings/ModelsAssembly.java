package dev.millwright.shared.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The models, by the names others call them.
record ModelsAssembly(Findings findings) {
  Map<String, ModelSettings> models() {
    var models = new LinkedHashMap<String, ModelSettings>();
    for (var name : findings.names("models")) {
      var at = "models." + name + ".";
      findings
          .value(at + "base_url", URI.class)
          .ifPresent(url ->
              models.put(
                  name,
                  new ModelSettings(
                      name,
                      findings.text(at + "protocol", ""),
                      url,
                      findings.value(at + "key", Secret.class).orElse(Secret.NONE),
                      findings.text(at + "name", ""),
                      price(at + "price."),
                      new ModelSettings.Rate(
                          findings.whole(at + "rate.requests", 0),
                          findings.whole(at + "rate.tokens", 0)))));
    }
    return models;
  }

  private ModelSettings.Price price(String at) {
    var input = amount(at + "input", 0);
    return new ModelSettings.Price(input, amount(at + "cached", input), amount(at + "output", 0));
  }

  private double amount(String path, double preset) {
    return findings.value(path, BigDecimal.class).map(BigDecimal::doubleValue).orElse(preset);
  }

  /// A model that a key names, or what is wrong with the name.
  static Optional<ModelSettings> named(
      Findings findings, Map<String, ModelSettings> models, String path, String name) {
    var found = Optional.ofNullable(models.get(name));
    if (found.isEmpty()) {
      findings.error(
          findings.line(path),
          path,
          "'" + name + "' is not under models",
          Spelling.nearest(name, models.keySet())
              .map(guess -> "did you mean " + guess + "?")
              .orElse("add it there"));
    }
    return found;
  }
}

package dev.millwright.bench;

import java.util.Map;
import java.util.Objects;

/// One measurement, on a fresh database.
interface Measurement {
  void run(Scene scene) throws Exception;

  /// What a measurement works with.
  record Scene(Stores stores, Stores.Kind store, boolean brief, Report report) {}

  static Measurement of(Map<String, Measurement> all, String name) {
    return Objects.requireNonNull(all.get(name));
  }
}

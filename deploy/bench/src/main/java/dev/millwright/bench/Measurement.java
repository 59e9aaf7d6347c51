package dev.millwright.bench;

import java.util.Map;
import java.util.Objects;

/// One measurement, on a fresh database where it needs one.
interface Measurement {
  void run(Scene scene) throws Exception;

  /// Without one it is run once, not on each.
  default boolean withDatabase() {
    return true;
  }

  /// What a measurement works with.
  record Scene(Stores stores, Stores.Kind store, boolean brief, Report report) {}

  static Measurement of(Map<String, Measurement> all, String name) {
    return Objects.requireNonNull(all.get(name));
  }
}

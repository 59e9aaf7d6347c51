package dev.millwright.monitoring.adapter;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;

/// Writes Prometheus' text format: each family once, with its help and type, then its samples.
final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=UTF-8";
  private static final double MOST_WHOLE = 1e15;

  private final StringBuilder text = new StringBuilder();

  /// What a family measures; `SUMMARY` here is one without quantiles.
  enum Measure {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    SUMMARY
  }

  /// A histogram: how many were at most each bound, all together, and how many.
  record Buckets(SortedMap<Double, Long> within, double sum, long count) {}

  /// Begins a family; its samples follow.
  Family family(String name, Measure type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ');
    text.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
    return new Family(name);
  }

  /// Where the samples of one family are written.
  final class Family {
    private final String name;

    private Family(String name) {
      this.name = name;
    }

    /// @param labels names and values, in turn
    Family add(double value, String... labels) {
      sample(name, value, labels);
      return this;
    }

    Family add(long value, String... labels) {
      return add((double) value, labels);
    }

    Family add(Buckets buckets, String... labels) {
      buckets.within().forEach((bound, count) -> bucket(count, bound, labels));
      bucket(buckets.count(), Double.POSITIVE_INFINITY, labels);
      return add(buckets.sum(), buckets.count(), labels);
    }

    Family add(double sum, long count, String... labels) {
      sample(name + "_sum", sum, labels);
      sample(name + "_count", (double) count, labels);
      return this;
    }

    private void bucket(long count, double bound, String... labels) {
      var more = Arrays.copyOf(labels, labels.length + 2);
      more[labels.length] = "le";
      more[labels.length + 1] = number(bound);
      sample(name + "_bucket", (double) count, more);
    }
  }

  private void sample(String name, double value, String... labels) {
    text.append(name);
    for (var at = 0; at < labels.length; at += 2) {
      text.append(at == 0 ? '{' : ',').append(labels[at]).append("=\"");
      text.append(escaped(labels[at + 1])).append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return "+Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < MOST_WHOLE
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

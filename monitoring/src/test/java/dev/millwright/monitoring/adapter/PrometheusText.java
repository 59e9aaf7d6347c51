package dev.millwright.monitoring.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Prometheus' text format as strictly as its documentation says it is written.
final class PrometheusText {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
  private static final Set<String> TYPES = Set.of("gauge", "counter", "histogram", "summary");

  private final Map<String, Family> families = new LinkedHashMap<>();

  /// One family.
  record Family(String help, String type, Map<Sample, Double> samples) {}

  /// What tells one sample from another.
  record Sample(String name, Map<String, String> labels) {}

  private PrometheusText() {}

  /// @throws IllegalArgumentException for the first line that is not as it must be
  static Map<String, Family> parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line does not end");
    }
    var parsed = new PrometheusText();
    @Nullable String family = null;
    @Nullable String help = null;
    for (var line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        help = line.substring("# HELP ".length());
      } else if (line.startsWith("# TYPE ")) {
        family = parsed.family(line, help);
        help = null;
      } else {
        parsed.sample(family, line);
      }
    }
    parsed.families.values().stream()
        .filter(it -> it.type().equals("histogram"))
        .forEach(PrometheusText::histogram);
    return parsed.families;
  }

  private String family(String line, @Nullable String help) {
    var words = line.split(" ");
    var name = words[2];
    var helped = help != null && help.startsWith(name + " ") && help.length() > name.length() + 3;
    if (!helped || !NAME.matcher(name).matches() || !TYPES.contains(words[3])) {
      throw new IllegalArgumentException(line + " after help " + help);
    }
    if (words[3].equals("counter") != name.endsWith("_total")) {
      throw new IllegalArgumentException("a counter ends in _total, nothing else does: " + line);
    }
    if (families.put(name, new Family(String.valueOf(help), words[3], new LinkedHashMap<>()))
        != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
    return name;
  }

  private void sample(@Nullable String family, String line) {
    var parts = SAMPLE.matcher(line);
    var known = families.get(family == null ? "" : family);
    if (known == null || !parts.matches() || !belongs(known.type(), family, parts.group(1))) {
      throw new IllegalArgumentException("in " + family + ": " + line);
    }
    var value = parts.group(3).replace("+Inf", "Infinity");
    var sample = new Sample(parts.group(1), labels(parts.group(2)));
    if (known.samples().put(sample, Double.valueOf(value)) != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
  }

  private static boolean belongs(String type, @Nullable String family, String name) {
    return switch (type) {
      case "histogram" ->
          Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name);
      case "summary" -> Set.of(family + "_sum", family + "_count").contains(name);
      default -> name.equals(family);
    };
  }

  private static Map<String, String> labels(@Nullable String text) {
    var labels = new LinkedHashMap<String, String>();
    if (text == null) {
      return labels;
    }
    var label = LABEL.matcher(text);
    var end = 0;
    while (label.lookingAt()) {
      if (labels.put(label.group(1), label.group(2)) != null) {
        throw new IllegalArgumentException("a label twice: " + text);
      }
      end = label.end();
      label.region(end, text.length());
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("labels: " + text);
    }
    return labels;
  }

  /// Buckets only grow, and the last one, without a bound, is the count.
  private static void histogram(Family family) {
    var last = new LinkedHashMap<Map<String, String>, List<Double>>();
    family
        .samples()
        .forEach((sample, value) -> {
          if (sample.name().endsWith("_bucket")) {
            var series = new LinkedHashMap<>(sample.labels());
            series.remove("le");
            var values = last.computeIfAbsent(series, _ -> new ArrayList<>());
            if (!values.isEmpty() && values.getLast() > value) {
              throw new IllegalArgumentException("a bucket shrinks: " + sample);
            }
            values.add(value);
          } else if (sample.name().endsWith("_count")) {
            var counted = last.get(sample.labels());
            if (counted == null || !counted.getLast().equals(value)) {
              throw new IllegalArgumentException("the last bucket is not the count: " + sample);
            }
          }
        });
    var bounds = new HashSet<String>();
    family.samples().keySet().forEach(it -> bounds.add(it.labels().getOrDefault("le", "")));
    if (!bounds.contains("+Inf")) {
      throw new IllegalArgumentException("no bucket without a bound");
    }
  }
}

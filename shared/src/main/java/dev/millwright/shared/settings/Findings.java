package dev.millwright.shared.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What was found in one file: values by their full path, and everything wrong with it.
final class Findings {
  /// A value and where it stands.
  ///
  /// @param shown the value as the file has it; never a secret's
  record Found(Object value, int line, String shown) {}

  final String file;
  private final String above;
  private final Map<String, Found> values;
  private final Map<String, List<String>> names;
  private final Map<String, Integer> lines;
  private final List<Problem> problems;

  Findings(String file) {
    this.file = file;
    this.above = "";
    this.values = new LinkedHashMap<>();
    this.names = new LinkedHashMap<>();
    this.lines = new LinkedHashMap<>();
    this.problems = new ArrayList<>();
  }

  private Findings(Findings all, String above) {
    this.file = all.file;
    this.above = above;
    this.values = all.values;
    this.names = all.names;
    this.lines = all.lines;
    this.problems = all.problems;
  }

  /// The same findings as they look from a key: what is asked for and what is said is below it.
  Findings below(String key) {
    return new Findings(this, above + key + ".");
  }

  void found(String path, Object value, int line, String shown) {
    values.put(above + path, new Found(value, line, shown));
  }

  void named(String path, String name, int line) {
    names.computeIfAbsent(above + path, _ -> new ArrayList<>()).add(name);
    lines.put(above + path + "." + name, line);
  }

  /// An entry of a list; its path stands for its name.
  void entry(String path, String entry, int line) {
    names.computeIfAbsent(above + path, _ -> new ArrayList<>()).add(entry);
    lines.put(above + entry, line);
  }

  void error(int line, String key, String what, String fix) {
    problems.add(new Problem(Problem.Severity.ERROR, file, line, above + key, what, fix));
  }

  void warning(int line, String key, String what, String fix) {
    problems.add(new Problem(Problem.Severity.WARNING, file, line, above + key, what, fix));
  }

  String text(String path, String preset) {
    return value(path, String.class).orElse(preset);
  }

  int whole(String path, int preset) {
    return value(path, Integer.class).orElse(preset);
  }

  boolean flag(String path, boolean preset) {
    return value(path, Boolean.class).orElse(preset);
  }

  Duration time(String path, Duration preset) {
    return value(path, Duration.class).orElse(preset);
  }

  Optional<List<String>> texts(String path) {
    return value(path, FileWalk.Texts.class).map(FileWalk.Texts::values);
  }

  Map<String, Object> entries(String path) {
    return value(path, Structured.Entries.class).map(Structured.Entries::values).orElse(Map.of());
  }

  /// One of an enum's constants, as the file writes it.
  <E extends Enum<E>> E constant(String path, E preset) {
    var word = text(path, preset.name()).toUpperCase(Locale.ROOT).replace('-', '_');
    return Enum.valueOf(preset.getDeclaringClass(), word);
  }

  /// The names chosen below a path, or the paths of a list's entries, in the order of the file.
  List<String> names(String path) {
    return names.getOrDefault(above + path, List.of());
  }

  /// Where the value or the named group at a path stands.
  int line(String path) {
    var found = values.get(above + path);
    return found != null ? found.line() : lines.getOrDefault(above + path, 0);
  }

  /// The value at a path; empty when it is not there or could not be read.
  <T> Optional<T> value(String path, Class<T> type) {
    return Optional.ofNullable(values.get(above + path))
        .map(Found::value)
        .filter(type::isInstance)
        .map(type::cast);
  }

  String shown(String path) {
    var found = values.get(above + path);
    return found == null ? "" : found.shown();
  }

  boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /// All of it, in the order of the file.
  List<Problem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }
}

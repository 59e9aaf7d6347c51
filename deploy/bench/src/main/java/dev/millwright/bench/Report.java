package dev.millwright.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The figures of one run, as a table for people and as a tree for programs.
final class Report {
  private final Map<String, String> machine;
  private final String folder;
  private final List<Row> rows = new ArrayList<>();

  /// One measured line.
  ///
  /// @param foreignCores cores that other programs used meanwhile; above a quarter it is disturbed
  record Row(
      String measurement,
      String database,
      String what,
      Map<String, Double> figures,
      double foreignCores) {
    private static final double QUIET = 0.25;

    boolean disturbed() {
      return foreignCores > QUIET;
    }
  }

  Report(Map<String, String> machine, String folder) {
    this.machine = machine;
    this.folder = folder;
  }

  static void progress(String line) {
    System.err.println(line);
  }

  void add(Row row) {
    rows.add(row);
    progress("  " + line(row));
  }

  String table() {
    var text = new StringBuilder("\n");
    machine.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append("databases in ").append(folder).append("\n\n");
    rows.forEach(row -> text.append(line(row)).append('\n'));
    return text.append("\n(d) other programs used more than a quarter of a core meanwhile\n")
        .toString();
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("machine", machine);
    tree.put("folder", folder);
    tree.put("rows", rows.stream().map(Report::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Row row) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("measurement", row.measurement());
    tree.put("database", row.database());
    tree.put("what", row.what());
    tree.put("foreign_cores", row.foreignCores());
    tree.put("disturbed", row.disturbed());
    tree.put("figures", row.figures());
    return tree;
  }

  private static String line(Row row) {
    var figures = new ArrayList<String>();
    row.figures().forEach((name, value) -> figures.add(number(value) + " " + name));
    return String.format(
        Locale.ROOT,
        "%-9s %-9s %-28s %s, %.2f foreign cores%s",
        row.measurement(),
        row.database(),
        row.what(),
        String.join(", ", figures),
        row.foreignCores(),
        row.disturbed() ? " (d)" : "");
  }

  private static String number(double value) {
    return value == Math.rint(value) || Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}

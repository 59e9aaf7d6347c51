package dev.millwright.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Columns that fit: all but one are as wide as what they hold, that one gives way.
final class Table {
  private static final int LEAST_FLEXIBLE = 12;
  private final List<String> head;
  private final int flexible;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param flexible the column that gives way, counted from 0
  Table(int flexible, String... head) {
    this.flexible = flexible;
    this.head = List.of(head);
  }

  void row(String... cells) {
    var clean = new ArrayList<String>();
    for (var cell : cells) {
      clean.add(Words.line(cell));
    }
    rows.add(clean);
  }

  List<String> lines(int width, UnaryOperator<String> heading) {
    var widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              Words.cells(head.get(i)),
              rows.stream().mapToInt(row -> Words.cells(row.get(column))).max().orElse(0));
    }
    long others = 2L * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      others += i == flexible ? 0 : widths[i];
    }
    long room = Math.max(LEAST_FLEXIBLE, width - others);
    widths[flexible] = (int) Math.min(widths[flexible], room);
    var lines = new ArrayList<String>();
    lines.add(heading.apply(Words.fit(join(head, widths), width)));
    rows.forEach(row -> lines.add(Words.fit(join(row, widths), width)));
    return lines;
  }

  private static String join(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(Words.pad(Words.fit(cells.get(i), widths[i]), widths[i] + 2));
    }
    return line.toString().stripTrailing();
  }
}

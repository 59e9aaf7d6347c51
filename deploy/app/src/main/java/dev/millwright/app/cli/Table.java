package dev.millwright.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Columns that fit. Where there is no room, optional columns go first, then the widest ones give
/// way, and a text that wraps goes on below itself.
final class Table {
  private static final int GAP = 2;
  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /// What a column does where there is no room.
  private enum Fit {
    KEEP,
    CUT,
    WRAP,
    GO
  }

  /// One column.
  ///
  /// @param least cells below which it is not narrowed
  record Column(String head, Fit fit, int least) {
    static Column of(String head) {
      return new Column(head, Fit.KEEP, 0);
    }

    /// Ends in `…` where there is no room.
    static Column cut(String head, int least) {
      return new Column(head, Fit.CUT, least);
    }

    /// Goes on in the next line.
    static Column wrapped(String head, int least) {
      return new Column(head, Fit.WRAP, least);
    }

    /// Left out where there is no room.
    static Column optional(String head) {
      return new Column(head, Fit.GO, 0);
    }
  }

  private record Cell(String text, UnaryOperator<String> paint) {}

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void row(String... cells) {
    row(UnaryOperator.identity(), -1, cells);
  }

  /// @param paint colours the cells of one column
  void row(UnaryOperator<String> paint, int painted, String... cells) {
    var row = new ArrayList<Cell>();
    for (int i = 0; i < cells.length; i++) {
      row.add(new Cell(Words.line(cells[i]), i == painted ? paint : UnaryOperator.identity()));
    }
    rows.add(row);
  }

  List<String> lines(int width, UnaryOperator<String> heading) {
    var widths = widths(width);
    var lines = new ArrayList<String>();
    var head = columns.stream().map(c -> new Cell(c.head(), heading)).toList();
    lines.addAll(lines(head, widths));
    rows.forEach(row -> lines.addAll(lines(row, widths)));
    return lines;
  }

  /// How wide each column is; -1 where one is left out.
  private int[] widths(int width) {
    var widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int widest =
          rows.stream().mapToInt(row -> Words.cells(row.get(column).text())).max().orElse(0);
      boolean says = widest > 0 || columns.get(i).fit() != Fit.GO;
      widths[i] = says ? Math.max(Words.cells(columns.get(i).head()), widest) : -1;
    }
    while (total(widths, false) > width) {
      int going = last(widths);
      if (going >= 0 && total(widths, true) > width) {
        widths[going] = -1;
      } else {
        int widest = widest(widths);
        if (widest < 0) {
          return widths;
        }
        widths[widest]--;
      }
    }
    return widths;
  }

  /// @param narrowed as if every column that can were as narrow as it may be
  private long total(int[] widths, boolean narrowed) {
    long total = -GAP;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] >= 0) {
        total +=
            GAP + (narrowed && gives(i) ? Math.min(widths[i], columns.get(i).least()) : widths[i]);
      }
    }
    return total;
  }

  private boolean gives(int column) {
    return columns.get(column).fit() == Fit.CUT || columns.get(column).fit() == Fit.WRAP;
  }

  private int last(int[] widths) {
    for (int i = widths.length - 1; i >= 0; i--) {
      if (widths[i] >= 0 && columns.get(i).fit() == Fit.GO) {
        return i;
      }
    }
    return -1;
  }

  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean more = gives(i) && widths[i] > Math.max(1, columns.get(i).least());
      if (more && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private List<String> lines(List<Cell> row, int[] widths) {
    Function<Integer, List<String>> parts =
        i ->
            columns.get(i).fit() == Fit.WRAP
                ? Words.wrap(row.get(i).text(), widths[i])
                : List.of(Words.fit(row.get(i).text(), Math.max(0, widths[i])));
    var cells = new ArrayList<List<String>>();
    for (int i = 0; i < widths.length; i++) {
      cells.add(widths[i] < 0 ? List.of() : parts.apply(i));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    var lines = new ArrayList<String>();
    for (int at = 0; at < height; at++) {
      var line = new StringBuilder();
      int blank = 0;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] >= 0) {
          var text = at < cells.get(i).size() ? cells.get(i).get(at) : "";
          if (!text.isEmpty()) {
            line.append(" ".repeat(blank)).append(row.get(i).paint().apply(text));
            blank = 0;
          }
          blank += widths[i] - Words.cells(text) + GAP;
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }
}

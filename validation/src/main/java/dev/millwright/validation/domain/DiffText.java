package dev.millwright.validation.domain;

import dev.millwright.validation.domain.Delta.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a unified diff as git writes it: the lines that came and went, and the files that are
/// links.
public final class DiffText {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");
  private static final Pattern LINK =
      Pattern.compile("(?:new file mode|new mode|index \\S+) 1[26]0000");

  private final List<Line> lines = new ArrayList<>();
  private final Set<String> links = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private String path = "";
  private boolean linked;
  private int oldLeft;
  private int newLeft;
  private int oldNumber;
  private int newNumber;

  private DiffText() {}

  /// What a diff says.
  ///
  /// @param files every file that has a header in the text
  public record Read(List<Line> lines, Set<String> links, Set<String> files) {
    public Read {
      lines = List.copyOf(lines);
      links = Set.copyOf(links);
      files = Set.copyOf(files);
    }
  }

  public static Read read(String diff) {
    var reader = new DiffText();
    for (var line : diff.split("\n", -1)) {
      reader.next(line);
    }
    return new Read(reader.lines, reader.links, reader.files);
  }

  /// Inside a hunk the counts decide what a line is: a removed line `-- a/x` is no header.
  private void next(String line) {
    if (oldLeft > 0 || newLeft > 0) {
      inHunk(line);
      return;
    }
    var hunk = HUNK.matcher(line);
    if (hunk.matches()) {
      oldNumber = Integer.parseInt(hunk.group(1));
      oldLeft = count(hunk.group(2));
      newNumber = Integer.parseInt(hunk.group(3));
      newLeft = count(hunk.group(4));
    } else if (line.startsWith("diff --git ")) {
      path = named(line);
      files.add(path);
      linked = false;
    } else if (LINK.matcher(line).matches()) {
      linked = true;
      links.add(path);
    } else if (line.startsWith("rename to ")) {
      renamed(unquoted(line.substring("rename to ".length()), ""));
    } else if (line.startsWith("+++ ") && !line.startsWith("+++ /dev/null")) {
      renamed(unquoted(line.substring(4), "b/"));
    } else if (line.startsWith("--- ") && !line.startsWith("--- /dev/null")) {
      // A deleted file has no other line that names it alone.
      renamed(unquoted(line.substring(4), "a/"));
    }
  }

  private void renamed(String better) {
    files.remove(path);
    if (links.remove(path) || linked) {
      links.add(better);
    }
    path = better;
    files.add(path);
  }

  private void inHunk(String line) {
    if (line.startsWith("+")) {
      lines.add(new Line(path, newNumber++, line.substring(1), true));
      newLeft--;
    } else if (line.startsWith("-")) {
      lines.add(new Line(path, oldNumber++, line.substring(1), false));
      oldLeft--;
    } else if (!line.startsWith("\\")) {
      oldNumber++;
      newNumber++;
      oldLeft--;
      newLeft--;
    }
  }

  private static int count(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  /// `diff --git a/x b/x`: both halves are the same but for their first letter.
  private static String named(String header) {
    var both = header.substring("diff --git ".length());
    var half = both.substring(0, both.length() / 2);
    return unquoted(half, "a/");
  }

  private static String unquoted(String name, String prefix) {
    var bare =
        name.startsWith("\"") && name.endsWith("\"") && name.length() > 1
            ? name.substring(1, name.length() - 1)
            : name.replaceFirst("\t$", "");
    return bare.startsWith(prefix) ? bare.substring(prefix.length()) : bare;
  }
}

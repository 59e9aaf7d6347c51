package dev.millwright.validation.adapter;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.validation.domain.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Finds what compilers and Maven complain about in what a check printed; where nothing is known,
/// the last lines have to do.
final class CompilerOutput {
  private static final Pattern MAVEN_ERROR = Pattern.compile("^\\[ERROR\\] \\S");
  private static final Pattern MAVEN_ADVICE =
      Pattern.compile(
          "^\\[ERROR\\] (?:To see the full stack trace|Re-run Maven|For more information"
              + "|After correcting|\\[Help \\d\\]| *mvn <args>|See \\S+surefire-reports|-> \\[Help)");
  private static final int MOST = 50;
  private static final int LAST_LINES = 25;
  private static final int LONGEST_LINE = 2_000;

  /// `[ERROR] /workspace/src/A.java:[12,5] cannot find symbol`
  private static final Pattern MAVEN =
      Pattern.compile(
          "\\[ERROR\\] (/?[^:\\[\\]]{1,500}\\.\\w{1,8}):\\[(\\d{1,7}),\\d{1,7}\\] (.+)");

  /// `src/A.java:12: error: cannot find symbol` and `a.c:3:5: error: …`
  private static final Pattern PLAIN =
      Pattern.compile(
          "([^\\s:][^:]{0,500}\\.\\w{1,8}):(\\d{1,7}):(?:\\d{1,7}:)? (?:fatal )?error: (.+)");

  /// What Maven cannot do at all: resolve, read a POM.
  private static final Pattern BUILD =
      Pattern.compile(
          "\\[(?:ERROR|FATAL)\\] (?:Failed to execute goal .{0,300}: )?"
              + "((?:Could not (?:resolve|find|transfer)|Cannot access|Non-resolvable|Failed to collect|"
              + "Non-parseable|Unresolveable|'dependencies|No plugin found).+)");

  private CompilerOutput() {}

  static List<Diagnostic> read(String output, String workspace) {
    var found = new LinkedHashSet<Diagnostic>();
    for (var raw : output.split("\n", -1)) {
      var line = Texts.block(raw.substring(0, Math.min(raw.length(), LONGEST_LINE)), LONGEST_LINE);
      var maven = MAVEN.matcher(line);
      var plain = PLAIN.matcher(line);
      var build = BUILD.matcher(line);
      if (maven.matches()) {
        found.add(error(maven.group(1), maven.group(2), maven.group(3), workspace));
      } else if (plain.matches()) {
        found.add(error(plain.group(1), plain.group(2), plain.group(3), workspace));
      } else if (build.matches()) {
        found.add(Diagnostic.error("build", Texts.line(build.group(1), 600)));
      }
      if (found.size() >= MOST) {
        break;
      }
    }
    return new ArrayList<>(found);
  }

  /// What a check printed that tells why it failed: what Maven itself calls an error, without its
  /// advice; else the end, without empty lines.
  static String lastLines(String output) {
    var all =
        output.lines().map(line -> Texts.line(line, 300)).filter(line -> !line.isBlank()).toList();
    var errors =
        all.stream()
            .filter(line -> MAVEN_ERROR.matcher(line).find() && !MAVEN_ADVICE.matcher(line).find())
            .toList();
    var lines = errors.isEmpty() ? all : errors;
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static Diagnostic error(String file, String line, String message, String workspace) {
    var inside = file.startsWith(workspace + "/") ? file.substring(workspace.length() + 1) : file;
    return Diagnostic.error(
        "compiler",
        Texts.line(message, 600),
        inside.replaceFirst("^\\./", ""),
        Integer.parseInt(line));
  }
}

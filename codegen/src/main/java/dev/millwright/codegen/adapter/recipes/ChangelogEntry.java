package dev.millwright.codegen.adapter.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds one entry to `CHANGELOG.md` below the heading of a release (by default the unreleased one)
/// in a section of Keep a Changelog. Makes the file, the heading or the section where missing; an
/// entry that is there already is not added twice.
record ChangelogEntry(String version, String section, String text) implements Step.Editor {
  private static final Path FILE = Path.of("CHANGELOG.md");
  private static final List<String> SECTIONS =
      List.of("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");

  static ChangelogEntry of(RecipeCall call) {
    call.allowing(Set.of("version", "section", "text"));
    String section = call.optional("section").orElse("Changed");
    if (!SECTIONS.contains(section)) {
      throw new BadInput("options.section", section, "write one of " + SECTIONS);
    }
    String version = call.optional("version").orElse("Unreleased");
    if (!version.matches("[\\w.+-]{1,60}")) {
      throw new BadInput("options.version", version, "write a version such as 1.4.0");
    }
    return new ChangelogEntry(
        version, section, call.required("text", "what changes for who uses this").strip());
  }

  @Override
  public void edit(Checkout checkout, SyntaxTrees trees, Report report) {
    String before = checkout.text(FILE).orElse("# Changelog\n");
    String ending = before.contains("\r\n") ? "\r\n" : "\n";
    var lines = new ArrayList<>(Arrays.asList(before.split("\r?\n", -1)));
    if (contains(lines, entry())) {
      report.message("the changelog has this entry already");
      return;
    }
    int release = release(lines);
    int end = next(lines, release + 1, "## ");
    int heading = lines.subList(release, end).indexOf("### " + section);
    if (heading < 0) {
      insertSection(lines, release, end);
    } else {
      insertEntry(lines, release + heading, end);
    }
    checkout.write(FILE, FileChange.bytes(String.join(ending, lines)));
  }

  /// The entry as Markdown; further lines are indented so that none can pass for a heading.
  private List<String> entry() {
    return Arrays.asList(text.lines().collect(Collectors.joining("\n  ", "- ", "")).split("\n"));
  }

  private int release(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("## [" + version + "]")) {
        return i;
      }
    }
    int at = next(lines, 0, "## ");
    if (at == lines.size()) {
      trimEnd(lines);
      at = lines.size();
      lines.addAll(List.of("", "## [" + version + "]", ""));
      return at + 1;
    }
    lines.addAll(at, List.of("## [" + version + "]", ""));
    return at;
  }

  /// Sections stand in the order of Keep a Changelog, so a new one goes before the first later one.
  private void insertSection(List<String> lines, int release, int end) {
    int at = end;
    for (int i = release + 1; i < end; i++) {
      if (lines.get(i).startsWith("### ")
          && SECTIONS.indexOf(lines.get(i).substring(4).strip()) > SECTIONS.indexOf(section)) {
        at = i;
        break;
      }
    }
    if (at == end) {
      while (at > release + 1 && lines.get(at - 1).isBlank()) {
        at--;
      }
    }
    var added = new ArrayList<String>();
    if (!lines.get(at - 1).isBlank()) {
      added.add("");
    }
    added.add("### " + section);
    added.add("");
    added.addAll(entry());
    if (at >= lines.size() || !lines.get(at).isBlank()) {
      added.add("");
    }
    lines.addAll(at, added);
  }

  private void insertEntry(List<String> lines, int heading, int end) {
    int last = next(lines.subList(0, end), heading + 1, "### ");
    while (last > heading + 1 && lines.get(last - 1).isBlank()) {
      last--;
    }
    if (last == heading + 1) {
      lines.add(last++, "");
    }
    lines.addAll(last, entry());
  }

  private static boolean contains(List<String> lines, List<String> entry) {
    return Collections.indexOfSubList(lines, entry) >= 0;
  }

  private static int next(List<String> lines, int from, String prefix) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).startsWith(prefix)) {
        return i;
      }
    }
    return lines.size();
  }

  private static void trimEnd(List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }
}

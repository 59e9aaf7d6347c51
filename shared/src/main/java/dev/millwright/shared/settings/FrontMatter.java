package dev.millwright.shared.settings;

import org.yaml.snakeyaml.LoaderOptions;

/// A Markdown file in two: what stands between its first line `---` and the next one, and the rest.
///
/// @param head settings, empty when there are none
/// @param body the text, without blanks around it; empty when the head never ends
public record FrontMatter(String head, String body) {
  public static final int MOST_BYTES = 256 * 1024;
  public static final int MOST_HEAD_CHARACTERS = 64 * 1024;
  public static final int DEEPEST = 20;
  private static final String MARK = "---";

  /// What a head may be: whoever wrote it may be a stranger. No alias is expanded.
  public static LoaderOptions limits() {
    var limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(1);
    limits.setNestingDepthLimit(DEEPEST);
    limits.setCodePointLimit(MOST_HEAD_CHARACTERS);
    return limits;
  }

  public static FrontMatter of(String text) {
    var lines = text.replace("\uFEFF", "").lines().toList();
    if (lines.isEmpty() || !isMark(lines.getFirst())) {
      return new FrontMatter("", String.join("\n", lines).strip());
    }
    var end = 1;
    while (end < lines.size() && !isMark(lines.get(end))) {
      end++;
    }
    return new FrontMatter(
        String.join("\n", lines.subList(1, end)),
        String.join("\n", lines.subList(Math.min(end + 1, lines.size()), lines.size())).strip());
  }

  private static boolean isMark(String line) {
    return line.stripTrailing().equals(MARK);
  }
}

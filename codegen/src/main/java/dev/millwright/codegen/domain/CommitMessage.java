package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The message of a commit the factory makes of an agent's work.
///
/// Trailers are facts of the factory: a line of an agent's or ticket's text that looks like one is
/// indented, so nobody can write a trailer into a commit but us.
public final class CommitMessage {
  private static final int SUBJECT_CHARACTERS = 72;
  private static final int LINE_CHARACTERS = 200;
  private static final int BODY_LINES = 40;
  private static final Pattern TRAILER = Pattern.compile("[A-Za-z][A-Za-z0-9-]*:.*");

  private CommitMessage() {}

  public static String of(String title, String summary, ItemId item, String agent) {
    var text = new StringBuilder(subject(title));
    var body = body(summary);
    if (!body.isEmpty()) {
      text.append("\n\n").append(String.join("\n", body));
    }
    return text.append("\n\nMillwright-Item: ")
        .append(item)
        .append("\nMillwright-Agent: ")
        .append(plain(agent))
        .append('\n')
        .toString();
  }

  static String subject(String title) {
    var line = plain(firstLine(title).orElse("Change by Millwright"));
    return line.length() <= SUBJECT_CHARACTERS
        ? line
        : line.substring(0, SUBJECT_CHARACTERS - 1).strip() + "…";
  }

  private static List<String> body(String summary) {
    var lines = new ArrayList<String>();
    summary
        .lines()
        .map(CommitMessage::plain)
        .map(line -> TRAILER.matcher(line).matches() ? "  " + line : line)
        .map(line -> line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS))
        .dropWhile(String::isBlank)
        .limit(BODY_LINES)
        .forEach(lines::add);
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    return lines;
  }

  private static Optional<String> firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
  }

  private static String plain(String line) {
    return line.replaceAll("\\p{Cntrl}", " ").strip();
  }
}

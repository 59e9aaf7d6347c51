package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// What people say in a ticket's file: the paragraphs below its heading `## Comments`. A file does
/// not tell when a line was written, so each is known by a hash; of a long talk the end counts.
record Talk(List<String> paragraphs) {
  private static final Pattern HEADING = Pattern.compile("(?mi)^## +comments[ \\t]*$");
  private static final int MOST = 200;
  private static final int HASH = 4;

  Talk {
    paragraphs = List.copyOf(paragraphs);
  }

  /// @param body of a file, without what the factory wrote
  static Talk in(String body) {
    var heading = HEADING.matcher(body);
    if (!heading.find()) {
      return new Talk(List.of());
    }
    var said = new ArrayList<String>();
    for (var paragraph : body.substring(heading.end()).replace("\r", "").split("\n{2,}")) {
      if (!paragraph.isBlank()) {
        said.add(paragraph.strip());
      }
    }
    return new Talk(said.subList(Math.max(0, said.size() - MOST), said.size()));
  }

  /// The body without them.
  static String without(String body) {
    var heading = HEADING.matcher(body);
    return heading.find() ? body.substring(0, heading.start()) : body;
  }

  /// Those that were not there at a mark, as one.
  String since(String mark) {
    var known = new ArrayList<>(List.of(mark.split(" ")));
    return String.join(
        "\n\n", paragraphs.stream().filter(paragraph -> !known.remove(hash(paragraph))).toList());
  }

  String mark() {
    return paragraphs.isEmpty()
        ? "-"
        : String.join(" ", paragraphs.stream().map(Talk::hash).toList());
  }

  private static String hash(String paragraph) {
    var bytes = Sha256.of(paragraph.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(bytes, 0, HASH);
  }
}

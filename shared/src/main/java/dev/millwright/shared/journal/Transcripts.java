package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.ItemId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What attempts said, one growing text file per item, for people who watch.
///
/// Not part of the truth: a line may be missing after a crash; an attempt's full transcript is an
/// artifact.
public record Transcripts(Path folder) {
  private static final int MOST_LINE_CHARACTERS = 4_000;
  private static final long MOST_FILE_BYTES = 64L << 20;

  /// Adds a line with its time and stage in front.
  public void append(ItemId item, String line) throws IOException {
    var file = file(item);
    Files.createDirectories(folder);
    if (Files.exists(file) && Files.size(file) > MOST_FILE_BYTES) {
      return;
    }
    var kept =
        line.length() <= MOST_LINE_CHARACTERS
            ? line
            : line.substring(0, MOST_LINE_CHARACTERS) + " … (cut)";
    // As bytes: writing a string refuses half a character, and a line may be cut anywhere.
    Files.write(
        file,
        (kept.replaceAll("[\\p{Cntrl}&&[^\\t]]", " ") + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Where an item's transcript is; may not exist yet.
  public Path file(ItemId item) {
    return folder.resolve(item.value() + ".log");
  }
}

package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.ItemId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptsTest {
  private static final ItemId ITEM = new ItemId("one");

  @TempDir Path folder;

  @Test
  void every_line_is_one_line_whatever_it_holds() throws Exception {
    var transcripts = new Transcripts(folder.resolve("logs"));
    transcripts.append(ITEM, "a\nb\r\u001b[31m\u0000c\td");
    transcripts.append(ITEM, "half \uD83D");
    transcripts.append(ITEM, "x".repeat(3_999) + "🚀 and more");

    var lines = Files.readAllLines(transcripts.file(ITEM));

    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).isEqualTo("a b  [31m c\td");
    assertThat(lines.get(1)).startsWith("half ");
    assertThat(lines.getLast()).hasSizeLessThan(4_020).endsWith("… (cut)");
  }

  @Test
  void lines_of_several_writers_do_not_mix() throws Exception {
    var transcripts = new Transcripts(folder);

    IntStream.range(0, 400).parallel().forEach(n -> append(transcripts, "w".repeat(1 + n % 50)));

    assertThat(Files.readAllLines(transcripts.file(ITEM)))
        .hasSize(400)
        .allMatch(line -> line.matches("w{1,50}"));
  }

  private static void append(Transcripts transcripts, String line) {
    try {
      transcripts.append(ITEM, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

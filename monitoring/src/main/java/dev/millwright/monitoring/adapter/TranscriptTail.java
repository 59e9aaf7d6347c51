package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.EventStream.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Reads a transcript while it grows, in bounded pieces.
final class TranscriptTail {
  private static final int MOST_PIECE_BYTES = 64 << 10;
  private static final int MOST_RANGE_BYTES = 1 << 20;
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  private TranscriptTail() {}

  /// What is there from an offset on, and then what comes.
  static Source<ByteString, NotUsed> bytes(Path file, long from) {
    return pieces(file, from).map(Piece::bytes);
  }

  /// The lines from an offset on; each event's id is where the next line starts.
  static Source<Event, NotUsed> lines(Path file, long from) {
    return pieces(file, from)
        .statefulMap(
            () -> new Rest(from, ByteString.emptyByteString()),
            (rest, piece) -> rest.add(piece.bytes()),
            _ -> Optional.empty())
        .mapConcat(events -> events);
  }

  private record Piece(ByteString bytes) {}

  private static Source<Piece, NotUsed> pieces(Path file, long from) {
    return Source.unfoldAsync(
            from,
            at ->
                Blocking.call(() -> {
                  var bytes = read(file, at, MOST_PIECE_BYTES);
                  if (bytes.isEmpty()) {
                    Thread.sleep(PAUSE);
                  }
                  return Optional.of(Pair.create(at + bytes.size(), new Piece(bytes)));
                }))
        .filter(piece -> !piece.bytes().isEmpty());
  }

  /// The start of a line that has not ended yet, and where it stands.
  private record Rest(long at, ByteString bytes) {
    Pair<Rest, Iterable<Event>> add(ByteString more) {
      var events = new java.util.ArrayList<Event>();
      var all = bytes.concat(more).toArray();
      var start = 0;
      for (var i = 0; i < all.length; i++) {
        if (all[i] == '\n') {
          var next = String.valueOf(at + i + 1);
          var line = new String(all, start, i - start, StandardCharsets.UTF_8);
          events.add(new Event(next, "line", next, line));
          start = i + 1;
        }
      }
      var rest = ByteString.fromArray(all, start, all.length - start);
      return Pair.create(new Rest(at + start, rest), events);
    }
  }

  /// A range of the file as it is now, at most a mebibyte; empty for a range we do not read.
  static Optional<HttpResponse> range(Path file, String range) {
    var asked = RANGE.matcher(range);
    if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
      return Optional.empty();
    }
    try {
      var size = Files.exists(file) ? Files.size(file) : 0;
      var first =
          asked.group(1).isEmpty()
              ? Math.max(0, size - Long.parseLong(asked.group(2)))
              : Long.parseLong(asked.group(1));
      if (first >= size) {
        throw ApiError.of(416, "nothing_there", "the transcript has " + size + " bytes")
            .with("Content-Range", "bytes */" + size)
            .exception();
      }
      var end =
          asked.group(1).isEmpty() || asked.group(2).isEmpty()
              ? size
              : Math.min(size, Long.parseLong(asked.group(2)) + 1);
      var bytes = read(file, first, Math.clamp(end - first, 0, MOST_RANGE_BYTES));
      var last = first + bytes.size() - 1;
      return Optional.of(
          Answers.plain(bytes.utf8String())
              .withStatus(StatusCodes.PARTIAL_CONTENT)
              .addHeader(
                  HttpHeader.parse(
                      "Content-Range", "bytes %d-%d/%d".formatted(first, last, size))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ByteString read(Path file, long at, int most) throws IOException {
    if (!Files.exists(file)) {
      return ByteString.emptyByteString();
    }
    try (var channel = FileChannel.open(file)) {
      var buffer = ByteBuffer.allocate(Math.clamp(channel.size() - at, 0, most));
      while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
        // until full or at the end
      }
      return ByteString.fromByteBuffer(buffer.flip());
    }
  }
}

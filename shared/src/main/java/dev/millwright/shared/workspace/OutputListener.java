package dev.millwright.shared.workspace;

import java.util.function.Consumer;

/// Hears each line as it is written, in order per stream, on the stream's own thread. It must be
/// quick: while it works, the program cannot write on. It is never called after the run has ended.
@FunctionalInterface
public interface OutputListener {
  /// Which stream a line came from.
  enum Source {
    STDOUT,
    STDERR
  }

  /// One line without its end, malformed UTF-8 replaced.
  void line(Source source, String line);

  /// A line longer than this is cut here and the rest of it dropped; in bytes.
  default int longestLine() {
    return 64 * 1024;
  }

  static OutputListener none() {
    return (_, _) -> {};
  }

  /// Both streams into one consumer.
  static OutputListener lines(Consumer<String> consumer) {
    return (_, line) -> consumer.accept(line);
  }

  /// The same listener with longer lines, for protocols that put a message on a line.
  default OutputListener withLongestLine(int bytes) {
    var inner = this;
    return new OutputListener() {
      @Override
      public void line(Source source, String line) {
        inner.line(source, line);
      }

      @Override
      public int longestLine() {
        return bytes;
      }
    };
  }
}

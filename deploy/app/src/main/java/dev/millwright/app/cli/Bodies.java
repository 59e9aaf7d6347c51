package dev.millwright.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// The long text that comes with a piece of work.
final class Bodies {
  private Bodies() {}

  /// @param file `-` for stdin, `null` for no text
  static String read(@Nullable String file, Context context) {
    if (file == null) {
      return "";
    }
    try {
      return file.equals("-")
          ? new String(context.terminal().in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(context.folder().resolve(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          Exit.USED_WRONGLY,
          "The body cannot be read from " + Words.line(file) + ": " + Words.why(e) + ".");
    }
  }
}

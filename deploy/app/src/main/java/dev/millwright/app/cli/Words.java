package dev.millwright.app.cli;

import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Text from a server, made harmless and measured for a terminal. Titles, logs and diffs are
/// written by strangers: none may move the cursor, change colours or turn the reading direction.
public final class Words {
  private Words() {}

  /// One line: every control character and every kind of line end becomes a space.
  public static String line(String text) {
    return clean(text, false).strip();
  }

  /// Many lines: line feeds and tabs stay.
  public static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean manyLines) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (manyLines && (c == '\n' || c == '\t')) {
            clean.append((char) c);
          } else if (!isHarmful(c)) {
            clean.appendCodePoint(c);
          } else if (c != '\r' || !manyLines) {
            clean.append(manyLines ? '�' : ' ');
          }
        });
    return clean.toString();
  }

  /// Control and format characters, line and paragraph separators, lone surrogates.
  static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /// Why a file could not be used: Java often says no more than its name.
  static String why(Exception failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "it is not allowed";
      case MalformedInputException _ -> "it is not UTF-8 text";
      case FileSystemException it when it.getReason() != null -> line(it.getReason());
      default -> line(String.valueOf(failure.getMessage()));
    };
  }

  /// How many cells a text takes.
  static int cells(String text) {
    return text.codePoints().map(Words::cells).sum();
  }

  private static int cells(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /// At most so many cells, with an ellipsis where something was cut off.
  static String fit(String text, int most) {
    if (cells(text) <= most) {
      return text;
    }
    var kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += cells(c);
      if (used > most - 1) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }

  /// The text in lines of at most so many cells, broken at blanks, and within a word only where it
  /// is too long itself.
  static List<String> wrap(String text, int most) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    int used = 0;
    for (var word : text.split(" ", -1)) {
      int needed = cells(word);
      if (used > 0 && used + 1 + needed > most) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      while (cells(word) > Math.max(1, most)) {
        int end = end(word, Math.max(1, most));
        lines.add(word.substring(0, end));
        word = word.substring(end);
      }
      line.append(used > 0 ? " " : "").append(word);
      used = cells(line.toString());
    }
    lines.add(line.toString());
    return lines;
  }

  /// Where the first so many cells of a text end, at least one character on.
  private static int end(String text, int most) {
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      used += cells(c);
      if (used > most && at > 0) {
        return at;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /// `1 file`, `2 files`.
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static String pad(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - cells(text)));
  }

  /// `3 min ago`; a time that is none is shown as it is.
  public static String ago(String time, Instant now) {
    try {
      var passed = Duration.between(Instant.parse(time), now);
      return passed.toSeconds() < 5 ? "just now" : span(passed) + " ago";
    } catch (DateTimeParseException _) {
      return line(time);
    }
  }

  /// `4 s`, `3 min`, `2 h`, `5 d`.
  public static String span(Duration time) {
    if (time.toMinutes() < 2) {
      return Math.max(0, time.toSeconds()) + " s";
    }
    if (time.toHours() < 2) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " d";
  }
}

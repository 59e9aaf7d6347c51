package dev.millwright.triage.adapter.folder;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the files of tickets are, by the names of their tickets. Names and sizes are bounded, and
/// a file is replaced whole.
interface Drawer {
  String ENDING = ".md";
  int MOST_FILES = 20_000;
  int MOST_BYTES = 256 * 1024;
  Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /// What tells one state of a file from another.
  ///
  /// @param modified when it last changed, where that is known
  /// @param version differs after every change; only where `modified` is known and it is young, two
  ///   can have the same
  record Stamp(@Nullable Instant modified, Object version) {}

  /// A file as it was at one moment.
  record Found(String text, Stamp stamp) {}

  /// All files that are meant as tickets, as they are now, also those of an unfit name.
  Map<String, Stamp> list() throws IOException;

  /// The file of a ticket; empty when there is none.
  Optional<Found> read(String id) throws IOException;

  /// Changes a file's text at once or not at all; what somebody writes meanwhile is not lost but
  /// read again first.
  ///
  /// @param why a few words for those who read its history
  /// @return whether there is such a file
  boolean edit(String id, String why, UnaryOperator<String> change) throws IOException;

  static boolean isTicket(String id) {
    return isMeant(id) && NAME.matcher(id).matches();
  }

  /// A README explains a folder and asks for nothing; what is hidden is an editor's.
  static boolean isMeant(String id) {
    return !id.startsWith(".") && !id.equalsIgnoreCase("readme");
  }
}

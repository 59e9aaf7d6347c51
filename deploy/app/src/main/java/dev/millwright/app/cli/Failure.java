package dev.millwright.app.cli;

import java.util.List;

/// Ends a command with an exit code and words for whoever typed it: what happened, and what to do
/// next.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int code;
  private final transient List<String> next;

  Failure(int code, String what, String... next) {
    super(what, null, false, false);
    this.code = code;
    this.next = List.of(next);
  }

  int code() {
    return code;
  }

  List<String> next() {
    return next == null ? List.of() : next;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}

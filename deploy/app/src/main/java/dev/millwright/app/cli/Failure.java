package dev.millwright.app.cli;

import java.util.List;

/// Ends a command with an exit code and words for whoever typed it: what happened, and what to do
/// next.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int code;
  private final String reason;
  private final transient List<String> next;

  Failure(int code, String what, String... next) {
    this(code, "", what, List.of(next));
  }

  /// @param reason the factory's own word for it, such as `no_such_item`
  Failure(int code, String reason, String what, List<String> next) {
    super(what, null, false, false);
    this.code = code;
    this.reason = reason;
    this.next = List.copyOf(next);
  }

  int code() {
    return code;
  }

  boolean is(String aReason) {
    return reason.equals(aReason);
  }

  List<String> next() {
    return next == null ? List.of() : next;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}

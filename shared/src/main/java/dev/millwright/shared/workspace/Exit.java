package dev.millwright.shared.workspace;

import java.time.Duration;

/// How a run ended. The closed set: whoever runs something answers each of these.
public sealed interface Exit {
  /// It ended by itself; a code above 128 is 128 plus the signal that ended it.
  record Finished(int code, Output output, Duration took) implements Exit {}

  /// Its time was up and the whole tree was killed.
  record TimedOut(Output output, Duration took) implements Exit {}

  /// It wrote more than it may and the whole tree was killed.
  record OutputExceeded(Output output, Duration took) implements Exit {}

  /// The kernel killed a process of it for want of memory, and it did not end well.
  record MemoryExceeded(Output output, Duration took) implements Exit {}

  /// It wrote more to disk than it may, or the disk was nearly full, and the whole tree was killed.
  record DiskExceeded(String reason, Output output, Duration took) implements Exit {}

  /// Somebody killed it: [Running#kill()], or the thread that waited was interrupted.
  record Cancelled(Output output, Duration took) implements Exit {}

  /// Nothing ran: no such program, no such folder, no sandbox.
  record NotStarted(String reason) implements Exit {}

  /// Whether it ended by itself with code 0.
  default boolean succeeded() {
    return this instanceof Finished(int code, _, _) && code == 0;
  }

  /// What it wrote until then.
  default Output output() {
    return switch (this) {
      case Finished(_, var output, _) -> output;
      case TimedOut(var output, _) -> output;
      case OutputExceeded(var output, _) -> output;
      case MemoryExceeded(var output, _) -> output;
      case DiskExceeded(_, var output, _) -> output;
      case Cancelled(var output, _) -> output;
      case NotStarted _ -> Output.EMPTY;
    };
  }

  /// One line for people: `exit code 1 after 3 s`, `timed out after 600 s`.
  default String summary() {
    return switch (this) {
      case Finished(int code, _, var took) -> "exit code " + code + after(took);
      case TimedOut(_, var took) -> "timed out" + after(took);
      case OutputExceeded(_, var took) -> "wrote more than its limit" + after(took);
      case MemoryExceeded(_, var took) -> "used more memory than its limit" + after(took);
      case DiskExceeded(var reason, _, var took) -> reason + after(took);
      case Cancelled(_, var took) -> "cancelled" + after(took);
      case NotStarted(var reason) -> "did not start: " + reason;
    };
  }

  private static String after(Duration took) {
    return " after " + took.toSeconds() + "." + took.toMillisPart() / 100 + " s";
  }
}

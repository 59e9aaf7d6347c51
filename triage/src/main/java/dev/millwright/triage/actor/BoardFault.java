package dev.millwright.triage.actor;

import dev.millwright.triage.port.Board;

/// A board did not answer; ends the look that asked.
final class BoardFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Board.Fault fault;

  BoardFault(Board.Fault fault) {
    super(fault.code() + ": " + fault.reason(), null, false, false);
    this.fault = fault;
  }

  Board.Fault fault() {
    return fault;
  }

  static <T> T got(Board.Answer<T> answer) throws BoardFault {
    return switch (answer) {
      case Board.Answer.Got<T>(var value) -> value;
      case Board.Answer.Failed<T>(var fault) -> throw new BoardFault(fault);
    };
  }
}

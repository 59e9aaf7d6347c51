package dev.millwright.triage.adapter.board;

import dev.millwright.triage.port.Board.Answer;
import dev.millwright.triage.port.Board.Fault;

/// A fault on its way to the border of an adapter, where `answer` makes a value of it.
final class BoardException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  BoardException(Fault fault) {
    super(fault.reason());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  /// Does it; a fault is an answer too.
  static <T> Answer<T> answer(Work<T> work) {
    try {
      return new Answer.Got<>(work.done());
    } catch (BoardException e) {
      return new Answer.Failed<>(e.fault());
    }
  }

  /// What may end in a fault.
  @FunctionalInterface
  interface Work<T> {
    T done() throws BoardException;
  }
}

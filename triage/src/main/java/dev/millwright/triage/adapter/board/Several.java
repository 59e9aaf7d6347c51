package dev.millwright.triage.adapter.board;

import dev.millwright.triage.port.Board.Fault.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Asks for many things where a provider gives one at a time: a few at once, as long as none fails.
final class Several {
  private static final int AT_ONCE = 4;

  private Several() {}

  /// In the order of the items.
  static <T, R> List<R> each(BoardClient client, List<T> items, Step<T, R> step)
      throws BoardException {
    if (items.size() == 1) {
      return List.of(step.of(items.getFirst()));
    }
    var places = new Semaphore(AT_ONCE);
    var answers = new ArrayList<Future<R>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var item : items) {
        places.acquire();
        if (answers.stream().anyMatch(it -> it.state() == Future.State.FAILED)) {
          break;
        }
        answers.add(
            threads.submit(() -> {
              try {
                return step.of(item);
              } finally {
                places.release();
              }
            }));
      }
      return values(answers);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw client.failed(Category.REQUEST, "api_request", "it was called back", null);
    }
  }

  private static <R> List<R> values(List<Future<R>> answers)
      throws BoardException, InterruptedException {
    var values = new ArrayList<R>();
    for (var answer : answers) {
      try {
        values.add(answer.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BoardException fault) {
          throw fault;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return values;
  }

  /// Asks for one of them.
  @FunctionalInterface
  interface Step<T, R> {
    R of(T item) throws BoardException;
  }
}

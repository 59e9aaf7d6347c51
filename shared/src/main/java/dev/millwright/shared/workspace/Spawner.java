package dev.millwright.shared.workspace;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that starts every process. A child that asked to die with its parent dies with
/// the *thread* that started it, and virtual and pooled threads end when they idle; this one never
/// does.
public final class Spawner {
  private static final Spawner ONLY = new Spawner();

  private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("spawner").unstarted(this::work);

  private Spawner() {
    thread.start();
  }

  private record Order(ProcessBuilder builder, CompletableFuture<Process> started) {}

  /// Starts a process from the never-ending thread; an interrupt does not lose it.
  public static Process start(ProcessBuilder builder) throws IOException {
    var order = new Order(builder, new CompletableFuture<>());
    ONLY.orders.add(order);
    try {
      return order.started.join();
    } catch (CompletionException failed) {
      var why = failed.getCause();
      throw why instanceof IOException refused ? refused : new IOException(why);
    }
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private void work() {
    while (true) {
      try {
        startNext(orders.take());
      } catch (InterruptedException _) {
        // Nobody has a reason to interrupt this thread, and it may not end.
      }
    }
  }

  private static void startNext(Order order) {
    try {
      order.started.complete(order.builder.start());
    } catch (IOException | RuntimeException | Error failed) {
      order.started.completeExceptionally(failed);
    }
  }
}

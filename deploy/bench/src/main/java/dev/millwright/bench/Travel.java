package dev.millwright.bench;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Sends items through all six stages, so many at once, and counts those that arrive.
///
/// An item gives its place to the next one when its last stage has run; the clock stops when the
/// journal says of every item that it is finished.
final class Travel implements NoWork.Then {
  /// Below the factory's own admission limit, so that sending is never refused.
  private static final int SENDING_AT_ONCE = 200;

  private final ConcurrentHashMap<String, Long> started = new ConcurrentHashMap<>();
  private final AtomicLong number = new AtomicLong();
  private volatile Semaphore places = new Semaphore(0);
  private volatile CountDownLatch left = new CountDownLatch(0);
  private volatile List<Long> nanos = List.of();

  /// What one journey of many items took.
  record Arrived(double seconds, double itemsPerSecond, double p50Millis, double p99Millis) {}

  @Override
  public StageResult run(Stage stage, Assignment work) {
    if (stage == Stage.MONITORING) {
      var since = started.remove(work.item().value());
      if (since != null) {
        var took = System.nanoTime() - since;
        synchronized (this) {
          nanos.add(took);
        }
        places.release();
        left.countDown();
      }
    }
    return NoWork.ADVANCE;
  }

  Arrived send(Items items, int count, int inFlight) throws Exception {
    places = new Semaphore(inFlight);
    left = new CountDownLatch(count);
    nanos = new ArrayList<>(count);
    var sending = new Semaphore(SENDING_AT_ONCE);
    var begin = System.nanoTime();
    for (var sent = 0; sent < count; sent++) {
      places.acquire();
      sending.acquire();
      var key = "bench-" + number.incrementAndGet();
      started.put(key, System.nanoTime());
      items
          .receive(NoWork.signal(key))
          .whenComplete((_, failure) -> {
            sending.release();
            if (failure != null) {
              throw new IllegalStateException("the line refused " + key, failure);
            }
          });
    }
    left.await();
    for (var last = number.get(); last > number.get() - Math.min(count, inFlight); last--) {
      awaitFinished(items, new ItemId("bench-" + last));
    }
    var seconds = (System.nanoTime() - begin) / 1e9;
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Arrived(seconds, count / seconds, at(sorted, 0.5), at(sorted, 0.99));
  }

  private static void awaitFinished(Items items, ItemId id) throws Exception {
    while (!(items.get(id).toCompletableFuture().get().orElseThrow() instanceof Finished)) {
      Thread.sleep(2);
    }
  }

  private static double at(long[] sorted, double share) {
    return Arrays.stream(sorted).skip((long) (share * (sorted.length - 1))).findFirst().orElse(0)
        / 1e6;
  }
}

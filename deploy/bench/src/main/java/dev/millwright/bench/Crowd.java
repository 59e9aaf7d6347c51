package dev.millwright.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Many clients of one server, each on its own connection.
final class Crowd {
  private static final long STOP = Long.MIN_VALUE;
  private static final long NOW = -1;

  private final URI server;
  private final String prefix;
  private final AtomicLong number = new AtomicLong();

  /// @param prefix what all keys start with, so that they can be counted in the journal
  Crowd(URI server, String prefix) {
    this.server = server;
    this.prefix = prefix;
  }

  /// What came of a load.
  ///
  /// @param statuses how often each came back; 0 is a broken connection
  /// @param unsent requests that were due when every connection was taken and the queue full
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record Outcome(
      double seconds,
      Map<Integer, Long> statuses,
      long refusedPlainly,
      long unsent,
      long[] acceptedNanos) {
    long accepted() {
      return statuses.getOrDefault(202, 0L);
    }

    double millis(double share) {
      return acceptedNanos.length == 0
          ? 0
          : acceptedNanos[(int) (share * (acceptedNanos.length - 1))] / 1e6;
    }

    /// Answers that are neither accepted nor asked to come again.
    long wrong() {
      var fine = accepted() + statuses.getOrDefault(503, 0L) + statuses.getOrDefault(429, 0L);
      return statuses.values().stream().mapToLong(it -> it).sum() - fine + refusedPlainly;
    }
  }

  /// Every client sends its next request when it has the answer to the last.
  Outcome closed(int clients, double seconds) throws InterruptedException {
    var end = System.nanoTime() + (long) (seconds * 1e9);
    return new Load(clients, () -> System.nanoTime() < end ? NOW : STOP).run(() -> 0);
  }

  /// As many requests as it takes until so many are accepted.
  void send(int clients, int count) throws InterruptedException {
    var left = (long) count;
    while (left > 0) {
      var round = new AtomicLong(left);
      var outcome = new Load(clients, () -> round.getAndDecrement() > 0 ? NOW : STOP).run(() -> 0);
      left -= outcome.accepted();
    }
  }

  /// Requests are due at fixed times whatever the server does; time counts from when one was due.
  Outcome open(int clients, double perSecond, double seconds) throws InterruptedException {
    var due = new ArrayBlockingQueue<Long>(Math.max(10_000, clients));
    return new Load(clients, due::take).run(() -> schedule(due, clients, perSecond, seconds));
  }

  private static long schedule(
      BlockingQueue<Long> due, int clients, double perSecond, double seconds)
      throws InterruptedException {
    var begin = System.nanoTime();
    var unsent = 0L;
    for (var sent = 0L; sent < perSecond * seconds; sent++) {
      var at = begin + (long) (sent * 1e9 / perSecond);
      for (var wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      unsent += due.offer(at) ? 0 : 1;
    }
    for (var client = 0; client < clients; client++) {
      due.offer(STOP, 60, TimeUnit.SECONDS);
    }
    return unsent;
  }

  /// When the next request is due, `NOW`, or `STOP`.
  private interface Next {
    long due() throws InterruptedException;
  }

  /// Runs beside the clients; answers how many requests could not even be queued.
  private interface Beside {
    long run() throws InterruptedException;
  }

  /// Clients at work.
  private final class Load {
    private final int clients;
    private final Next next;
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicLong refusedPlainly = new AtomicLong();

    Load(int clients, Next next) {
      this.clients = clients;
      this.next = next;
    }

    Outcome run(Beside beside) throws InterruptedException {
      var begin = System.nanoTime();
      var threads = new ArrayList<Thread>();
      for (var client = 0; client < clients; client++) {
        threads.add(Thread.ofVirtual().start(this::client));
      }
      var unsent = beside.run();
      for (var thread : threads) {
        thread.join();
      }
      var counted = new LinkedHashMap<Integer, Long>();
      statuses.forEach((status, count) -> counted.put(status, count.get()));
      var nanos = List.copyOf(accepted).stream().mapToLong(it -> it).sorted().toArray();
      return new Outcome(
          (System.nanoTime() - begin) / 1e9, counted, refusedPlainly.get(), unsent, nanos);
    }

    private void client() {
      try (var wire = new Wire(server)) {
        for (var due = next.due(); due != STOP; due = next.due()) {
          var since = due == NOW ? System.nanoTime() : due;
          answered(wire.post(prefix + number.incrementAndGet()), since);
        }
      } catch (IOException e) {
        count(0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void answered(Wire.Answer answer, long since) {
      count(answer.status());
      if (answer.status() == 202) {
        accepted.add(System.nanoTime() - since);
      } else if (!answer.retryAfter()) {
        refusedPlainly.incrementAndGet();
      }
    }

    private void count(int status) {
      statuses.computeIfAbsent(status, _ -> new AtomicLong()).incrementAndGet();
    }
  }
}

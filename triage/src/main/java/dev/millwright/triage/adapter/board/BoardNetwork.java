package dev.millwright.triage.adapter.board;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// What all boards of a factory share: one HTTP client, one circuit for each base address, and how
/// much was asked. Open it once, before the first board.
public final class BoardNetwork implements AutoCloseable {
  final Limits limits;
  final InstantSource clock;
  final HttpClient http;
  final LongAdder sent = new LongAdder();
  final LongAdder unchanged = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder limited = new LongAdder();

  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

  public BoardNetwork(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(limits.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  BoardClient client(Access access) {
    return new BoardClient(this, access);
  }

  Circuit circuit(Access access) {
    return circuits.computeIfAbsent(
        access.base().toString(),
        _ -> new Circuit(limits.failuresToOpen(), limits.pauseOfCircuit()));
  }

  /// What was asked since the start.
  public Counts counts() {
    return new Counts(sent.sum(), unchanged.sum(), repeated.sum(), limited.sum());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /// Requests of all boards together.
  ///
  /// @param unchanged answered without a body, because nothing had changed
  /// @param repeated sent a second time after a hiccup
  /// @param limited answered with a wish to be left alone
  public record Counts(long sent, long unchanged, long repeated, long limited) {}

  /// What every exchange is held to.
  ///
  /// @param exchange from the question to the last byte of the answer, a repetition included
  /// @param mostBytes of one answer
  /// @param pauseOfRepeat about so long before a question is asked again
  /// @param failuresToOpen so many in a row open the circuit of an address
  public record Limits(
      Duration connect,
      Duration exchange,
      int mostBytes,
      Duration pauseOfRepeat,
      int failuresToOpen,
      Duration pauseOfCircuit) {
    /// A page of a hundred long tickets has room in it.
    public static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            32 << 20,
            Duration.ofMillis(250),
            5,
            Duration.ofSeconds(30));
  }
}

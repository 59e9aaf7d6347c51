package dev.millwright.triage.adapter;

import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Watching live what comes in: how the boards stand, and what webhooks brought.
public final class IntakeStream {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final EventStream streams;
  private final BoardRoutes boards;
  private final Supplier<? extends CompletionStage<?>> deliveries;

  /// @param deliveries the newest, as they are listed
  public IntakeStream(
      EventStream streams, BoardRoutes boards, Supplier<? extends CompletionStage<?>> deliveries) {
    this.streams = streams;
    this.boards = boards;
    this.deliveries = deliveries;
  }

  public List<Endpoint> endpoints() {
    var events = Answer.of(200, "events until the client leaves", "text/event-stream");
    return List.of(
        new Endpoint(
            Operation.look("/api/v1/intake/stream", "watch", "What comes in, and why", events)
                .detailed(
                    "`boards` as `/api/v1/boards` and `deliveries` as `/api/v1/deliveries` answer,"
                        + " each at first and when it changed, at most every second."),
            _ ->
                CompletableFuture.completedFuture(
                    streams.response(
                        EventStream.whenChanged("boards", EVERY, boards::view)
                            .merge(EventStream.whenChanged("deliveries", EVERY, deliveries))))));
  }
}

package dev.millwright.shared.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// Server-sent events: bounded per listener, kept alive, ended when the server stops.
public final class EventStream {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int MOST_PENDING = 1_000;

  private final SharedKillSwitch running = KillSwitches.shared("event-streams");
  private final Admission listeners = new Admission(256, "event streams are open");

  /// One event; of those with the same topic a slow listener only gets the latest.
  ///
  /// @param id what a client that reconnects sends back as `Last-Event-ID`
  public record Event(@Nullable String id, String name, String topic, String data) {
    ByteString bytes() {
      var text = new StringBuilder();
      if (id != null) {
        text.append("id: ").append(id).append('\n');
      }
      text.append("event: ").append(name).append('\n');
      // An event without data is none to who reads it, so an empty line is said as one.
      (data.isEmpty() ? Stream.of("") : data.lines())
          .forEach(line -> text.append("data: ").append(line).append('\n'));
      return ByteString.fromString(text.append('\n').toString());
    }
  }

  /// The response that writes events until the client leaves.
  public HttpResponse response(Source<Event, ?> events) {
    listeners.check();
    var bytes =
        events
            .map(Event::bytes)
            .keepAlive(KEEP_ALIVE, () -> ByteString.fromString(": still here\n\n"))
            .via(running.flow())
            .watchTermination((_, done) -> {
              // counted while it flows: a response nobody reads must not keep a place for ever
              listeners.enter();
              done.whenComplete((_, _) -> listeners.leave());
              return NotUsed.getInstance();
            });
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes))
        .addHeader(HttpHeader.parse("Cache-Control", "no-store"))
        .addHeader(HttpHeader.parse("X-Accel-Buffering", "no"));
  }

  /// Ends with the server, as event streams do.
  public <T> Source<T, NotUsed> whileRunning(Source<T, NotUsed> source) {
    return source.via(running.flow());
  }

  /// Looks again and again, and tells what it sees only when that is not what it saw before; a look
  /// that fails says nothing.
  public static Source<Event, NotUsed> whenChanged(
      String name, Duration every, Supplier<? extends CompletionStage<?>> look) {
    return Source.tick(Duration.ZERO, every, name)
        .mapAsync(1, _ -> look.get().thenApply(Json::text).exceptionally(_ -> ""))
        .filter(view -> !view.isEmpty())
        .dropRepeated()
        .map(view -> new Event(null, name, name, view))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /// Events pushed from elsewhere; `subscribe` gets where to push and returns how to end it.
  ///
  /// Pushing never blocks. While the listener is slow, a later event replaces an earlier one of the
  /// same topic; beyond a thousand topics the oldest are dropped and the listener is told `lagged`.
  public static Source<Event, NotUsed> pushed(Function<Push, AutoCloseable> subscribe) {
    return Source.<Event>queue(MOST_PENDING)
        .mapMaterializedValue(queue -> {
          var subscription = subscribe.apply(event -> queue.offer(event));
          return subscription;
        })
        .watchTermination((subscription, done) -> {
          done.whenComplete((_, _) -> close(subscription));
          return NotUsed.getInstance();
        })
        .via(latestPerTopic());
  }

  /// Where events are pushed.
  public interface Push {
    void push(Event event);
  }

  static Flow<Event, Event, NotUsed> latestPerTopic() {
    return Flow.of(Event.class)
        .conflateWithSeed(event -> new Pending().add(event), (pending, event) -> pending.add(event))
        .mapConcat(Pending::drain);
  }

  /// Ends every stream, so that the server can stop without waiting for its listeners.
  public void stop() {
    running.shutdown();
  }

  private static void close(AutoCloseable subscription) {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("a subscription could not be closed", e);
    }
  }

  /// What a slow listener has not got yet.
  private static final class Pending {
    private final LinkedHashMap<String, Event> latest = new LinkedHashMap<>();
    private boolean lagged;

    Pending add(Event event) {
      latest.remove(event.topic());
      latest.put(event.topic(), event);
      if (latest.size() > MOST_PENDING) {
        latest.pollFirstEntry();
        lagged = true;
      }
      return this;
    }

    List<Event> drain() {
      var events = new ArrayList<Event>(latest.size() + 1);
      if (lagged) {
        events.add(new Event(null, "lagged", "lagged", "{}"));
      }
      events.addAll(latest.values());
      return events;
    }
  }
}

package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.EventStream.Event;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.LiveFeed;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Source;

/// Watching live: the whole line, one item, a transcript that grows.
final class WatchRoutes {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Items items;
  private final ItemLists lists;
  private final LiveFeed feed;
  private final Transcripts transcripts;
  private final ItemViews views;
  private final LineRoutes line;
  private final EventStream streams;
  private final String version;

  WatchRoutes(
      Items items,
      ItemLists lists,
      LiveFeed feed,
      Transcripts transcripts,
      ItemViews views,
      LineRoutes line,
      EventStream streams,
      String version) {
    this.items = items;
    this.lists = lists;
    this.feed = feed;
    this.transcripts = transcripts;
    this.views = views;
    this.line = line;
    this.streams = streams;
    this.version = version;
  }

  List<Endpoint> endpoints() {
    var events = Answer.of(200, "events until the client leaves", "text/event-stream");
    return List.of(
        new Endpoint(
            Operation.look("/api/v1/stream", "watch", "Everything that happens", events)
                .detailed(
                    "`hello` with the version, then `item` with an item that changed, and `stages`"
                        + " and `summary` when the line or the figures changed, at most every"
                        + " second. `lagged` says that items were left out: fetch the list again."),
            _ -> done(streams.response(everything()))),
        new Endpoint(
            Operation.look(ItemRoutes.ONE + "/events", "watch", "What happens to one item", events)
                .detailed(
                    "`item` when it changes and `line` for each line of its transcript. A `line`'s"
                        + " id is where the next one starts: Last-Event-ID continues there.")
                .taking(Param.header("Last-Event-ID", "where to continue the transcript")),
            this::one),
        new Endpoint(
            Operation.look(
                    ItemRoutes.ONE + "/transcript",
                    "watch",
                    "What its attempts said",
                    Answer.of(200, "all of it", "text/plain"),
                    Answer.of(206, "the range asked for", "text/plain"),
                    Answer.error(404, "no such item"),
                    Answer.error(416, "nothing there yet"))
                .taking(
                    Param.query("follow", "goes on as it grows", "", "true", "false"),
                    Param.header("Range", "`bytes=FROM-` or `bytes=-LAST`")),
            this::transcript));
  }

  private Source<Event, NotUsed> everything() {
    var hello = new Event(null, "hello", "hello", Json.text(Map.of("version", version)));
    var changes =
        EventStream.pushed(push -> feed.listen(row -> push.push(item(row))))
            .buffer(1, OverflowStrategy.backpressure());
    return Source.single(hello)
        .concat(
            changes
                .merge(EventStream.whenChanged("stages", SECOND, line::view))
                .merge(EventStream.whenChanged("summary", SECOND, line::summary)));
  }

  private Event item(ItemRow row) {
    var id = row.item().dossier().id().value();
    return new Event(null, "item", id, Json.text(views.row(row)));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    var id = ItemRoutes.id(call);
    var from = call.header("Last-Event-ID").map(WatchRoutes::offset).orElse(0L);
    return items
        .get(id)
        .thenCompose(it -> {
          var known = it.orElseThrow(() -> ItemRoutes.unknown(id.value()));
          return Blocking.call(() -> views.whole(known, lists.history(id.value())));
        })
        .thenApply(whole -> {
          var first = new Event(null, "item", "item", Json.text(whole));
          return streams.response(
              Source.single(first).concat(changes(id).merge(TranscriptTail.lines(file(id), from))));
        });
  }

  private Source<Event, NotUsed> changes(ItemId id) {
    return EventStream.pushed(push ->
        feed.listen(row -> {
          if (row.item().dossier().id().equals(id)) {
            push.push(item(row));
          }
        }));
  }

  private CompletionStage<HttpResponse> transcript(Call call) {
    var id = ItemRoutes.id(call);
    var follow = call.param("follow").filter(it -> !it.equals("false")).isPresent();
    return items
        .get(id)
        .thenApply(it -> {
          if (it.isEmpty()) {
            throw ItemRoutes.unknown(id.value());
          }
          if (follow) {
            return Answers.text(
                MediaTypes.TEXT_PLAIN, streams.whileRunning(TranscriptTail.bytes(file(id), 0)));
          }
          return call.header("Range")
              .flatMap(range -> TranscriptTail.range(file(id), range))
              .orElseGet(() -> whole(id));
        });
  }

  private HttpResponse whole(ItemId id) {
    return file(id).toFile().isFile()
        ? Answers.text(MediaTypes.TEXT_PLAIN, FileIO.fromPath(file(id)))
        : Answers.plain("");
  }

  private java.nio.file.Path file(ItemId id) {
    return transcripts.file(id);
  }

  private static long offset(String given) {
    return given.matches("\\d{1,15}") ? Long.parseLong(given) : 0;
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return java.util.concurrent.CompletableFuture.completedFuture(response);
  }
}

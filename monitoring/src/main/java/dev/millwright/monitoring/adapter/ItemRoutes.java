package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.adapter.ItemView.AttemptView;
import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/// Looking at items: the list, one, and everything about one.
final class ItemRoutes {
  static final String ONE = "/api/v1/items/{id}";
  private static final MediaType.WithOpenCharset JSONL =
      MediaTypes.customWithOpenCharset("application", "jsonl", Map.of(), true);
  private static final int MOST_ROWS = 500;
  private static final int USUAL_ROWS = 50;

  private final Items items;
  private final ItemLists lists;
  private final Artifacts artifacts;
  private final ItemViews views;

  ItemRoutes(Items items, ItemLists lists, Artifacts artifacts, ItemViews views) {
    this.items = items;
    this.lists = lists;
    this.artifacts = artifacts;
    this.views = views;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(listing(), this::list),
        new Endpoint(about("", "One item", ItemView.class), this::one),
        new Endpoint(about("/history", "Its journal", HistoryView.class), this::history),
        new Endpoint(
            about("/context", "Everything known about it", ContextView.class),
            call -> known(call).thenApply(it -> json(ContextView.of(it.dossier().context())))),
        new Endpoint(
            about("/evidence", "What the checks said", EvidenceView.class),
            call -> known(call).thenApply(ItemRoutes::evidence)),
        new Endpoint(
            Operation.look(
                    ONE + "/diff",
                    "items",
                    "The change as a unified diff, empty before there is one",
                    Answer.of(200, "the diff", "text/x-diff"),
                    Answer.error(404, "no such item, or its artifact is gone"))
                .taking(Param.number("other", "the change of this number that was not chosen")),
            this::diff),
        new Endpoint(
            Operation.look(
                    ONE + "/exchanges",
                    "items",
                    "What was said to models and by them, empty where nothing was",
                    Answer.of(200, "a line of JSON a piece", "application/jsonl"),
                    Answer.error(404, "no such item, or its artifact is gone"))
                .detailed(
                    "Kept when an attempt ends, without keys. `asks` is a request's body, `says` a"
                        + " piece of the answer to the `call` of that number, and the call's last"
                        + " line counts its tokens.")
                .taking(Param.number("attempt", "its generation; the newest that said anything")),
            this::exchanges));
  }

  private static Operation listing() {
    var stages = Arrays.stream(Stage.values()).map(Stage::wire).toArray(String[]::new);
    return Operation.look(
            "/api/v1/items",
            "items",
            "Items, newest first",
            Answer.json(200, "a page of items", ItemView.Page.class))
        .taking(
            Param.query("stage", "only at this stage", stages),
            Param.query("status", "only so", "queued", "running", "waiting", "finished"),
            Param.query("repo", "only of this repository"),
            Param.query("label", "only with this label"),
            Param.query("q", "words in the title or the id"),
            Param.number("limit", "1 to " + MOST_ROWS + ", usually " + USUAL_ROWS),
            Param.query("cursor", "`next_cursor` of the page before"));
  }

  private static Operation about(String rest, String summary, Class<?> shape) {
    return Operation.look(
        ONE + rest,
        "items",
        summary,
        Answer.json(200, "as it is now", shape),
        Answer.error(404, "no such item"));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var query =
        new ItemLists.Query(
            call.param("stage").orElse(null),
            call.param("status").orElse(null),
            call.param("repo").orElse(null),
            call.param("label").orElse(null),
            call.param("q").orElse(null),
            call.number("limit", 1, MOST_ROWS, USUAL_ROWS),
            call.param("cursor").orElse(null));
    return Blocking.call(() -> {
      var page = page(query);
      return json(
          new ItemView.Page(page.rows().stream().map(views::row).toList(), page.nextCursor()));
    });
  }

  private ItemLists.Page page(ItemLists.Query query) {
    try {
      return lists.list(query);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("cursor", "`cursor` is not one this factory gave out").exception();
    }
  }

  private CompletionStage<HttpResponse> one(Call call) {
    return known(call)
        .thenCompose(item ->
            Blocking.call(
                () -> json(views.whole(item, lists.history(item.dossier().id().value())))));
  }

  private CompletionStage<HttpResponse> history(Call call) {
    return known(call)
        .thenCompose(item ->
            Blocking.call(() -> json(HistoryView.of(lists.history(item.dossier().id().value())))));
  }

  private static HttpResponse evidence(Known item) {
    return json(
        item.dossier().context().evidence().map(EvidenceView::of).orElse(EvidenceView.NONE));
  }

  private CompletionStage<HttpResponse> diff(Call call) {
    return known(call)
        .thenCompose(item -> {
          var other = call.number("other", 0, AgentSettings.MOST_ENTRANTS, 0);
          var diff = item.dossier().context().change().flatMap(change -> diff(change, other));
          return Blocking.call(() ->
              Answers.text(
                  Answers.diff(),
                  diff.isEmpty() ? Source.<ByteString>empty() : artifact(diff.get().sha256())));
        });
  }

  private static Optional<ArtifactRef> diff(Change change, int other) {
    return other == 0
        ? Optional.of(change.diff())
        : change.others().stream()
            .skip(other - 1)
            .findFirst()
            .flatMap(it -> Optional.ofNullable(it.diff()));
  }

  private CompletionStage<HttpResponse> exchanges(Call call) {
    var attempt = call.number("attempt", 1, Integer.MAX_VALUE, 0);
    return known(call)
        .thenCompose(item ->
            Blocking.call(() -> {
              var kept =
                  Attempts.of(lists.history(item.dossier().id().value())).stream()
                      .filter(it -> attempt == 0 || it.generation() == attempt)
                      .map(AttemptView::exchanges)
                      .filter(Objects::nonNull)
                      .reduce((_, last) -> last);
              return Answers.text(
                  JSONL, kept.isEmpty() ? Source.<ByteString>empty() : artifact(kept.get()));
            }));
  }

  private Source<ByteString, ?> artifact(String sha256) throws IOException {
    var content = artifacts.open(sha256);
    if (content.isEmpty()) {
      throw ApiError.notFound("artifact_gone", "the artifact store no longer has this").exception();
    }
    return StreamConverters.fromInputStream(content::get);
  }

  private CompletionStage<Known> known(Call call) {
    var id = id(call);
    return items.get(id).thenApply(it -> it.orElseThrow(() -> unknown(id.value())));
  }

  static ItemId id(Call call) {
    var given = call.path().getOrDefault("id", "");
    try {
      return new ItemId(given);
    } catch (IllegalArgumentException e) {
      throw unknown(given);
    }
  }

  static ApiException unknown(String id) {
    var shown = id.length() > 128 ? id.substring(0, 128) : id;
    return ApiError.notFound("no_such_item", "there is no item '" + shown + "'").exception();
  }

  static HttpResponse json(Object body) {
    return Answers.json(200, body);
  }
}

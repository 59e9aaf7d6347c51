package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Field;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Decision.Verb;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Items.Decided;
import dev.millwright.shared.workitem.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// What people decide about an item; the item's own rules say whether they may now.
final class DecisionRoutes {
  private final Items items;
  private final ItemLists lists;
  private final ItemViews views;

  DecisionRoutes(Items items, ItemLists lists, ItemViews views) {
    this.items = items;
    this.lists = lists;
    this.views = views;
  }

  record Approval(
      @Nullable @Field(about = "a word with it", most = 20_000) String comment,
      @Nullable
          @Field(about = "the commit that was looked at; 409 when it is another one", most = 64)
          String commit) {}

  record Comment(@Nullable @Field(about = "a word with it", most = 20_000) String comment) {}

  record Rework(
      @Field(about = "what should be different", least = 1, most = 20_000) String comment) {}

  record Reason(@Field(about = "why not", least = 1, most = 20_000) String reason) {}

  record Cause(@Nullable @Field(about = "why", most = 20_000) String reason) {}

  record Reply(@Field(about = "the answer", least = 1, most = 20_000) String text) {}

  record Steering(@Field(about = "what the agent is told", least = 1, most = 20_000) String text) {}

  List<Endpoint> endpoints() {
    return List.of(
        decision(
            Verb.APPROVE,
            "Approve the change",
            Approval.class,
            false,
            Approval::comment,
            Approval::commit),
        decision(Verb.REWORK, "Send it back", Rework.class, true, Rework::comment),
        decision(Verb.REJECT, "Reject it for good", Reason.class, true, Reason::reason),
        decision(Verb.ANSWER, "Answer its question", Reply.class, true, Reply::text),
        decision(Verb.STEER, "Tell its agent something", Steering.class, true, Steering::text),
        decision(Verb.CANCEL, "Stop it", Cause.class, false, Cause::reason),
        decision(Verb.RETRY, "Try again", Comment.class, false, Comment::comment));
  }

  private <B extends Record> Endpoint decision(
      Verb verb, String summary, Class<B> shape, boolean required, Says<B> text) {
    return decision(verb, summary, shape, required, text, _ -> null);
  }

  private <B extends Record> Endpoint decision(
      Verb verb, String summary, Class<B> shape, boolean required, Says<B> text, Says<B> commit) {
    var operation =
        Operation.decide(
            ItemRoutes.ONE + "/" + ItemViews.wire(verb),
            "decisions",
            summary,
            new Body("application/json", shape, required),
            Answer.json(200, "the item afterwards", ItemView.class),
            Answer.error(404, "no such item"),
            Answer.error(409, "the item is not in a state for it"));
    Function<Call, CompletionStage<HttpResponse>> handler =
        call -> {
          var body = call.read(shape);
          var said = said(shape, text.in(body), required);
          return looked(ItemRoutes.id(call), commit.in(body))
              .thenCompose(_ -> decide(call, verb, said));
        };
    return new Endpoint(operation, handler::apply);
  }

  /// Refuses a decision about a commit that is no longer the item's. It takes a whole round of the
  /// line to make another one, so nothing slips in between looking here and deciding.
  private CompletionStage<?> looked(ItemId id, @Nullable String commit) {
    if (commit == null) {
      return CompletableFuture.completedStage(id);
    }
    return items
        .get(id)
        .thenApply(item ->
            item.flatMap(it -> it.dossier().context().change())
                .filter(change -> change.revision().commit().equals(commit))
                .orElseThrow(() ->
                    ApiError.conflict("another_commit", "the change is another one by now")
                        .hint("look at it again, then decide")
                        .exception()));
  }

  /// The words of a body.
  private interface Says<B> {
    @Nullable String in(B body);
  }

  private static String said(
      Class<? extends Record> shape, @Nullable String text, boolean required) {
    var said = text == null ? "" : text.strip();
    if (required && said.isEmpty()) {
      var field = shape.getRecordComponents()[0].getName();
      throw ApiError.invalid(field, "`" + field + "` must say something, it is blank")
          .hint("whoever reads the history wants to know why")
          .exception();
    }
    return said;
  }

  private CompletionStage<HttpResponse> decide(Call call, Verb verb, String text) {
    var id = ItemRoutes.id(call);
    return items
        .decide(id, new Decision(verb, call.caller().name(), text))
        .thenCompose(decided ->
            switch (decided) {
              case Decided.Refused(var reason, var message) ->
                  throw refused(id.value(), reason, message);
              case Decided.Done(var item) ->
                  Blocking.call(
                      () -> ItemRoutes.json(views.whole(item, lists.history(id.value()))));
            });
  }

  private static ApiException refused(String id, Verdict.Reason reason, String message) {
    var code = ItemViews.wire(reason);
    return switch (reason) {
      case UNKNOWN_ITEM -> ItemRoutes.unknown(id);
      case OWN_WORK -> ApiError.forbidden(code, message).exception();
      case KEY_BELONGS_TO_ANOTHER, NOT_IN_THIS_STATE, STALE_GENERATION ->
          ApiError.conflict(code, message).exception();
    };
  }
}

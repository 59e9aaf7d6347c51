package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.triage.adapter.webhook.DeliveryView.Nothing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// What became of each delivery, and why; and once more, please.
final class DeliveryRoutes {
  private static final String ONE = "/api/v1/deliveries/{delivery}";
  private static final int USUAL_ROWS = 50;
  private static final int MOST_ROWS = 500;
  private static final Duration REFUSED_SINCE = Duration.ofDays(7);

  private final Inbox inbox;
  private final Refusals refusals;
  private final InboxWorker worker;
  private final Clock clock;

  DeliveryRoutes(Inbox inbox, Refusals refusals, InboxWorker worker, Clock clock) {
    this.inbox = inbox;
    this.refusals = refusals;
    this.worker = worker;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                    "/api/v1/deliveries",
                    "webhooks",
                    "What arrived by webhooks, newest first, and what became of it",
                    Answer.json(200, "a page of deliveries", DeliveryView.Page.class))
                .detailed(
                    "`refused` counts deliveries of the last seven days that could not prove who"
                        + " sent them; nothing else is kept of those.")
                .taking(
                    Param.query("hook", "only by this webhook"),
                    Param.query("status", "only so", "new", "done", "dead"),
                    Param.query(
                        "verdict",
                        "only with this end",
                        "nothing",
                        "limited",
                        "refreshed",
                        "said",
                        "work",
                        "failed"),
                    Param.number("limit", "1 to " + MOST_ROWS + ", usually " + USUAL_ROWS),
                    Param.number("before", "`next_before` of the page before")),
            this::list),
        new Endpoint(
            Operation.look(
                ONE,
                "webhooks",
                "One delivery with what was sent",
                Answer.json(200, "as it is now", DeliveryView.Whole.class),
                Answer.error(404, "no such delivery")),
            this::one),
        new Endpoint(
            Operation.decide(
                    ONE + "/replay",
                    "webhooks",
                    "Let the rules, as they are now, look at a delivery again",
                    new Body("application/json", Nothing.class, false),
                    Answer.json(200, "it will be looked at", DeliveryView.class),
                    Answer.error(404, "no such delivery"))
                .detailed("An item that is there already stays the one it is."),
            this::replay));
  }

  /// The newest deliveries, as they are listed.
  CompletionStage<DeliveryView.Page> newest() {
    var query = new Inbox.Query(null, null, null, Integer.MAX_VALUE, USUAL_ROWS);
    return Blocking.call(() -> page(query));
  }

  private DeliveryView.Page page(Inbox.Query query) {
    return DeliveryView.page(
        inbox.list(query), query.most(), refusals.since(clock.instant().minus(REFUSED_SINCE)));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var before = call.number("before", 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
    var query =
        new Inbox.Query(
            call.param("hook").orElse(null),
            call.param("status").orElse(null),
            call.param("verdict").orElse(null),
            before,
            call.number("limit", 1, MOST_ROWS, USUAL_ROWS));
    return Blocking.call(() -> Answers.json(200, page(query)));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    return Blocking.call(() -> Answers.json(200, DeliveryView.whole(found(call))));
  }

  private CompletionStage<HttpResponse> replay(Call call) {
    var _ = call.read(Nothing.class);
    return Blocking.call(() -> {
      var delivery = found(call);
      inbox.settle(delivery.id(), Delivery.Standing.fresh(clock.instant()));
      worker.look();
      return Answers.json(200, DeliveryView.of(found(call)));
    });
  }

  private Delivery found(Call call) {
    return inbox
        .find(call.path().getOrDefault("delivery", ""))
        .orElseThrow(() ->
            ApiError.notFound("no_such_delivery", "there is no such delivery")
                .hint("millwright signals ls lists them")
                .exception())
        .delivery();
  }
}

package dev.millwright.triage.adapter;

import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Field;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardWork;
import dev.millwright.triage.port.BoardWork.Tracked;
import dev.millwright.triage.port.Boards;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// How the boards stand: when each was last read, what it has at work, and what is wrong with it.
public final class BoardRoutes {
  private final Boards boards;
  private final BoardWork work;

  public BoardRoutes(Boards boards, BoardWork work) {
    this.boards = boards;
    this.work = work;
  }

  record All(List<One> boards) {}

  record One(
      String name,
      @Field(about = "what sort of board; empty before it was first read") String kind,
      @Nullable @Field(about = "the repository its tickets are about") String repo,
      @Field(about = "whether it is being read right now") boolean checking,
      @Nullable @Field(about = "when it was last read without a fault") Instant lastAt,
      @Nullable @Field(about = "when it is read next") Instant nextAt,
      @Field(about = "its tickets that are queued or running") long atWork,
      @Field(about = "its tickets that wait, most of them for a person") long waiting,
      @Field(about = "its tickets that are finished and still in an active state") long finished,
      @Field(about = "its tickets in an active state") long seen,
      @Field(about = "those of them nobody took yet that may start when there is room")
          long eligible,
      @Field(about = "those of them the factory took") long claimed,
      @Field(about = "its tickets that nothing can be made of, each with why")
          List<String> unreadable,
      @Field(about = "how its provider can be reached") Way reach,
      @Nullable @Field(about = "why the last reading failed") Wrong fault) {}

  record Way(
      @Field(
              about = "`open`: nobody asks it; `half_open`: the next question decides",
              oneOf = {"closed", "open", "half_open"})
          String circuit,
      @Nullable @Field(about = "when it is asked again, while it is open") Instant until,
      @Nullable @Field(about = "how many questions it takes before `full_at`") Long remaining,
      @Nullable @Field(about = "how many it takes at most") Long limit,
      @Nullable @Field(about = "when all of them are there again") Instant fullAt) {}

  record Wrong(
      @Field(
              oneOf = {
                "config",
                "secret",
                "request",
                "status",
                "response",
                "pagination",
                "rate_limited"
              })
          String category,
      String code,
      String reason) {}

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                "/api/v1/boards",
                "boards",
                "The boards work is taken from",
                Answer.json(200, "as they stand now", All.class)),
            _ -> list()));
  }

  private CompletionStage<HttpResponse> list() {
    return view().thenApply(all -> Answers.json(200, all));
  }

  /// How they stand now, as it is shown.
  CompletionStage<All> view() {
    return boards.standing().thenCombine(Blocking.call(work::tracked), BoardRoutes::all);
  }

  private static All all(List<Boards.Standing> boards, List<Tracked> tracked) {
    return new All(boards.stream().map(board -> one(board, tracked)).toList());
  }

  private static One one(Boards.Standing board, List<Tracked> all) {
    var items =
        all.stream()
            .filter(it -> it.claim().ticket().board().equals(board.name()))
            .map(it -> it.item().item())
            .toList();
    return new One(
        board.name(),
        board.kind(),
        board.repo(),
        board.checking(),
        board.lastAt(),
        board.nextAt(),
        items.stream().filter(it -> it instanceof Queued || it instanceof Running).count(),
        items.stream().filter(Waiting.class::isInstance).count(),
        items.stream().filter(Finished.class::isInstance).count(),
        board.stock().open() + board.stock().held(),
        board.stock().ready(),
        board.stock().held(),
        board.unreadable(),
        way(board.reach()),
        wrong(board.fault()));
  }

  private static Way way(Board.Reach reach) {
    var limit = reach.limit();
    return new Way(
        reach.circuit().name().toLowerCase(Locale.ROOT),
        reach.until(),
        limit == null ? null : limit.remaining(),
        limit == null ? null : limit.most(),
        limit == null ? null : limit.fullAt());
  }

  private static @Nullable Wrong wrong(Board.@Nullable Fault fault) {
    return fault == null
        ? null
        : new Wrong(fault.category().name().toLowerCase(Locale.ROOT), fault.code(), fault.reason());
  }
}

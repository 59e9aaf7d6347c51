package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Field;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item as the interface shows it. The shape is a contract with other programs.
record ItemView(
    String id,
    String title,
    @Nullable String kind,
    @Nullable String repo,
    @Field(oneOf = {"queued", "running", "waiting", "finished"}) String status,
    String stage,
    @Nullable @Field(about = "what a waiting item waits for") String waitingOn,
    @Nullable @Field(about = "how a finished item ended") String result,
    @Nullable String reason,
    int priority,
    List<String> labels,
    String source,
    String signalKey,
    String url,
    @Nullable String agent,
    @Nullable ContractView contract,
    ProgressView progress,
    @Field(about = "only when one item is asked for") List<AttemptView> attempts,
    @Nullable ChangeView change,
    Instant createdAt,
    Instant updatedAt,
    UsageView usage) {
  /// How far it came, in lists too.
  record ProgressView(
      @Field(about = "attempts of all stages, ever") int attempts,
      @Field(about = "attempts of the stage where it stands, ever") int stageAttempts,
      @Nullable @Field(about = "when the attempt that runs now began") Instant attemptStartedAt,
      @Field(about = "when it came to the stage where it stands") Instant stageSince,
      @Field(about = "how often it went back to an earlier stage") int sentBack,
      @Nullable @Field(about = "the stage that sent it back to where it stands")
          String sentBackBy) {}

  record ContractView(
      String task,
      BoundaryView boundary,
      List<String> environment,
      List<CheckView> verification,
      String artifact,
      String rationale,
      double confidence,
      @Field(about = "each thing triage judged; none in what was agreed before they were kept")
          List<FindingView> findings,
      @Nullable @Field(about = "what finished work like this has cost") ForecastView forecast) {}

  record FindingView(
      @Field(about = "such as `kind`, `size`, `duplicate`") String about,
      String value,
      double confidence,
      String why) {}

  record ForecastView(
      @Field(about = "how many finished items it is read from") int samples,
      @Field(about = "what they have in common with this one") String likeness,
      @Field(about = "the part of them that landed, 0 to 1") double landed,
      @Field(about = "the middle of them") EstimateView median,
      @Field(about = "what nine of ten stayed below") EstimateView atMost) {}

  record EstimateView(double costUsd, double seconds) {}

  record BoundaryView(List<String> allow, List<String> deny, int maxFiles, int maxLines) {}

  record CheckView(String name, String command) {}

  record AttemptView(
      String stage,
      long generation,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String outcome,
      @Nullable String reason,
      @Field(about = "hash of what was said to models and by them") @Nullable String exchanges) {}

  record ChangeView(
      String branch,
      String base,
      String commit,
      int files,
      int additions,
      int deletions,
      @Nullable String pullRequest,
      String agent,
      @Field(about = "what was not chosen, where several agents did the same work")
          List<AlternativeView> others) {}

  /// A change that was not chosen; `number` is what `/diff?other=` takes.
  record AlternativeView(int number, String agent, String outcome, boolean diff) {}

  record UsageView(long inputTokens, long outputTokens, double costUsd, double seconds) {}

  /// A page of items.
  record Page(
      List<ItemView> items,
      @Nullable @Field(about = "send it as `cursor` for the next page") String nextCursor) {}
}

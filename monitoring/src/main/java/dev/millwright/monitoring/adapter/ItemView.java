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
    @Field(about = "only when one item is asked for") List<AttemptView> attempts,
    @Nullable ChangeView change,
    Instant createdAt,
    Instant updatedAt,
    UsageView usage) {
  record ContractView(
      String task,
      BoundaryView boundary,
      List<String> environment,
      List<CheckView> verification,
      String artifact,
      String rationale,
      double confidence) {}

  record BoundaryView(List<String> allow, List<String> deny, int maxFiles, int maxLines) {}

  record CheckView(String name, String command) {}

  record AttemptView(
      String stage,
      long generation,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String outcome,
      @Nullable String reason) {}

  record ChangeView(
      String branch,
      String base,
      String commit,
      int files,
      int additions,
      int deletions,
      @Nullable String pullRequest) {}

  record UsageView(long inputTokens, long outputTokens, double costUsd, double seconds) {}

  /// A page of items.
  record Page(
      List<ItemView> items,
      @Nullable @Field(about = "send it as `cursor` for the next page") String nextCursor) {}
}

package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Field;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Symphony's interface shows, in its own shapes. Times are whole seconds.
final class SymphonyView {
  private SymphonyView() {}

  record State(
      Instant generatedAt,
      Counts counts,
      List<Running> running,
      List<Retrying> retrying,
      List<Blocked> blocked,
      Totals codexTotals,
      @Nullable @Field(about = "what a provider last said about its limits, as it said it")
          JsonNode rateLimits) {}

  record Counts(int running, int retrying, int blocked) {}

  record Tokens(long inputTokens, long outputTokens, long totalTokens) {
    static Tokens of(long input, long output) {
      return new Tokens(input, output, input + output);
    }
  }

  record Totals(
      long inputTokens,
      long outputTokens,
      long totalTokens,
      @Field(about = "of ended attempts and of those that run now") double secondsRunning) {}

  /// A ticket whose item is at work.
  record Running(
      String issueId,
      String issueIdentifier,
      String state,
      @Nullable String workerHost,
      @Nullable String workspacePath,
      @Nullable String sessionId,
      @Nullable String threadId,
      int turnCount,
      String lastEvent,
      String lastMessage,
      Instant startedAt,
      Instant lastEventAt,
      Tokens tokens) {}

  /// A ticket whose item will be at work by itself, at a time or as soon as there is room.
  record Retrying(
      String issueId,
      String issueIdentifier,
      @Field(about = "attempts that failed in a row; 0 for one that waits for room") int attempt,
      Instant dueAt,
      @Nullable String error,
      @Nullable String workerHost,
      @Nullable String workspacePath) {}

  /// A ticket whose item waits for a person.
  record Blocked(
      String issueId,
      String issueIdentifier,
      String state,
      String error,
      @Nullable String workerHost,
      @Nullable String workspacePath,
      @Nullable String sessionId,
      @Nullable String threadId,
      Instant blockedAt,
      @Nullable String lastEvent,
      @Nullable String lastMessage,
      @Nullable Instant lastEventAt) {}

  /// Everything about one ticket.
  record Issue(
      String issueIdentifier,
      String issueId,
      @Field(oneOf = {"running", "retrying", "blocked", "waiting", "finished"}) String status,
      Place workspace,
      Attempts attempts,
      @Nullable Running running,
      @Nullable Retrying retry,
      @Nullable Blocked blocked,
      Logs logs,
      @Field(about = "oldest first") List<Event> recentEvents,
      @Nullable String lastError,
      Tracked tracked) {}

  record Place(@Nullable String path, @Nullable String host) {}

  record Attempts(int restartCount, int currentRetryAttempt) {}

  record Logs(List<Log> codexSessionLogs) {}

  record Log(String label, @Nullable String path, String url) {}

  record Event(Instant at, String event, String message) {}

  /// The item a ticket became.
  record Tracked(String itemId, String board, String stage, String url) {}

  record Refresh(boolean queued, boolean coalesced, Instant requestedAt, List<String> operations) {}

  /// A body that may be sent and says nothing.
  record Nothing() {}
}

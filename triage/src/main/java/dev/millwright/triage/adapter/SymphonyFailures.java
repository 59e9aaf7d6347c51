package dev.millwright.triage.adapter;

import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.ApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// What Symphony's routes say when there is no answer, with its codes.
final class SymphonyFailures {
  private SymphonyFailures() {}

  static CompletionStage<HttpResponse> ofSnapshot(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return CompletableFuture.failedFuture(
        cause instanceof ApiException
            ? cause
            : cause instanceof TimeoutException
                ? away("snapshot_timeout", "the factory did not answer in time")
                : away("snapshot_unavailable", "the factory cannot say how it stands now"));
  }

  static CompletionStage<HttpResponse> ofRefresh() {
    return CompletableFuture.failedFuture(
        away("orchestrator_unavailable", "nobody looks at the boards now"));
  }

  private static ApiException away(String code, String message) {
    return ApiError.of(503, code, message).with("Retry-After", "5").exception();
  }
}

package dev.millwright.shared.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// An operation and the code behind it.
public record Endpoint(Operation operation, Handler handler) {
  /// Answers one call without blocking its thread; throws or fails with `ApiException` to refuse.
  public interface Handler {
    CompletionStage<HttpResponse> handle(Call call);
  }
}

package dev.millwright.shared.http;

import dev.millwright.shared.journal.DatabaseAway;
import dev.millwright.shared.workitem.Items;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever went wrong into an answer; what is a bug of ours is logged under an incident id
/// and nothing of it is shown.
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  HttpResponse response(Throwable failure, HttpRequest request) {
    return Answers.error(error(cause(failure), request));
  }

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? cause(failure.getCause())
        : failure;
  }

  private static ApiError error(Throwable failure, HttpRequest request) {
    return switch (failure) {
      case ApiException refused -> refused.error();
      case Items.Overloaded overloaded -> ApiError.busy(String.valueOf(overloaded.getMessage()));
      case DatabaseAway _ -> ApiError.busy("the factory's database does not answer");
      case TimeoutException _ -> ApiError.unanswered();
      case IllegalUriException _ -> ApiError.malformed("the address is not well-formed");
      default -> incident(failure, request);
    };
  }

  private static ApiError incident(Throwable failure, HttpRequest request) {
    var id = UUID.randomUUID().toString();
    log.error(
        "event=incident id={} method={} path={}",
        id,
        request.method().name(),
        Shape.shown(request.getUri().path()),
        failure);
    return ApiError.of(500, "internal", "something went wrong inside the factory")
        .hint("its log has the details under incident " + id);
  }
}

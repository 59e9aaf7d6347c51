package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.ModelGateway.Trouble;
import dev.millwright.shared.workitem.FailureKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What a provider's refusal means.
final class Verdicts {
  private static final int MOST_WORDS = 500;
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  private Verdicts() {}

  static Trouble of(String model, int status, String body, Optional<Duration> after) {
    var words = body.replaceAll("\\p{Cntrl}", " ").strip();
    var said = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + " …" : words;
    var kind = kind(status, body.toLowerCase(Locale.ROOT));
    return new Trouble(
        kind,
        "%s answered %d: %s".formatted(model, status, said),
        // Nobody tells us when an account is filled up again.
        kind == FailureKind.QUOTA ? after.or(() -> Optional.of(LOOK_AGAIN)) : after);
  }

  /// When the provider wants to be asked again, where it says so.
  static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static FailureKind kind(int status, String body) {
    return switch (status) {
      case 401, 403 -> FailureKind.AUTH;
      case 402 -> FailureKind.QUOTA;
      case 429 ->
          body.contains("insufficient_quota") || body.contains("credit balance")
              ? FailureKind.QUOTA
              : FailureKind.RATE_LIMIT;
      case 413 -> FailureKind.CONTEXT;
      case 400, 404, 422 -> request(body);
      default -> FailureKind.OUTSIDE;
    };
  }

  private static FailureKind request(String body) {
    if (body.contains("context_length")
        || body.contains("context window")
        || body.contains("prompt is too long")
        || body.contains("token count exceeds")) {
      return FailureKind.CONTEXT;
    }
    return body.contains("credit balance") ? FailureKind.QUOTA : FailureKind.BAD_RESULT;
  }

  /// Whether the same call may succeed in a moment.
  static boolean passing(int status) {
    return status == 408 || status == 429 || status >= 500;
  }
}

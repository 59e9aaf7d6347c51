package dev.millwright.triage.adapter.board;

import dev.millwright.triage.port.Board.RateLimit;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long a provider wants to be left alone, in the words of each that Millwright knows.
///
/// `Retry-After` counts first. Then comes the limit that is used up: GitHub, GitLab, Linear and
/// Jira name what remains and when it is full again, in seconds, milliseconds or as a date.
/// Whatever they say, it is at least a second and at most an hour.
final class RateLimits {
  private static final Duration UNSAID = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long SECONDS_OF_2001 = 1_000_000_000L;
  private static final long MILLISECONDS_OF_2001 = 1_000_000_000_000L;
  private static final List<String> FAMILIES =
      List.of(
          "x-ratelimit",
          "ratelimit",
          "x-ratelimit-requests",
          "x-ratelimit-complexity",
          "x-ratelimit-endpoint-requests");

  private RateLimits() {}

  /// Empty unless this answer says that too much was asked.
  static Optional<Duration> pause(int status, HttpHeaders headers, String body, Instant now) {
    var asked = headers.firstValue("retry-after").flatMap(it -> until(it, now));
    var used = usedUp(headers, now);
    return (switch (status) {
          case 429 -> asked.or(() -> used).or(() -> Optional.of(UNSAID));
          case 403 -> asked.or(() -> used).or(() -> told(body));
          case 400 -> told(body).map(it -> asked.or(() -> used).orElse(it));
          case 503 -> asked;
          default -> Optional.<Duration>empty();
        })
        .map(RateLimits::sane);
  }

  /// The same for a provider that says it inside an answer that looks like a success.
  static Duration pause(HttpHeaders headers, Instant now) {
    var asked = headers.firstValue("retry-after").flatMap(it -> until(it, now));
    return sane(asked.or(() -> usedUp(headers, now)).orElse(UNSAID));
  }

  /// What an answer says about how often it may be asked; of several limits the tightest.
  static Optional<RateLimit> said(HttpHeaders headers, Instant now) {
    return FAMILIES.stream()
        .flatMap(family -> said(family, headers, now).stream())
        .min(Comparator.comparingDouble(RateLimits::share));
  }

  private static Optional<RateLimit> said(String family, HttpHeaders headers, Instant now) {
    var remaining = number(headers, family + "-remaining");
    var reset = headers.firstValue(family + "-reset").flatMap(at -> until(at, now));
    return remaining.map(left ->
        new RateLimit(
            left,
            number(headers, family + "-limit").orElse(null),
            reset.map(now::plus).orElse(null)));
  }

  private static double share(RateLimit limit) {
    var most = limit.most();
    return most == null || most == 0 ? 1 : (double) limit.remaining() / most;
  }

  private static Optional<Long> number(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .map(String::strip)
        .filter(it -> it.matches("\\d{1,15}"))
        .map(Long::valueOf);
  }

  private static Optional<Duration> usedUp(HttpHeaders headers, Instant now) {
    return FAMILIES.stream()
        .filter(it -> headers.firstValue(it + "-remaining").orElse("").strip().equals("0"))
        .flatMap(it -> headers.firstValue(it + "-reset").flatMap(at -> until(at, now)).stream())
        .max(Duration::compareTo);
  }

  /// GitHub's secondary limits may come without a header, Linear's as a bad request.
  private static Optional<Duration> told(String body) {
    var words = body.toLowerCase(Locale.ROOT);
    var limited = words.contains("rate limit") || words.contains("ratelimited");
    return limited ? Optional.of(UNSAID) : Optional.empty();
  }

  private static Optional<Duration> until(String written, Instant now) {
    var text = written.strip();
    try {
      return Optional.of(
          text.matches("\\d{1,15}")
              ? counted(Long.parseLong(text), now)
              : Duration.between(now, date(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration counted(long number, Instant now) {
    if (number >= MILLISECONDS_OF_2001) {
      return Duration.between(now, Instant.ofEpochMilli(number));
    }
    return number >= SECONDS_OF_2001
        ? Duration.between(now, Instant.ofEpochSecond(number))
        : Duration.ofSeconds(number);
  }

  private static Instant date(String text) {
    return text.indexOf(',') > 0
        ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
        : OffsetDateTime.parse(text).toInstant();
  }

  private static Duration sane(Duration pause) {
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}

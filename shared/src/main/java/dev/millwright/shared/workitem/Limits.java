package dev.millwright.shared.workitem;

import java.time.Duration;
import java.util.Optional;

/// How often an item may try, what it may use, and who may let it pass, before a person has to
/// look.
///
/// @param failures failed attempts of one stage in a row
/// @param continuations rounds of sending back
/// @param losses attempts of one stage lost to crashes in a row
public record Limits(
    int failures,
    int continuations,
    int losses,
    Duration backoff,
    Duration longestBackoff,
    Budget budget,
    boolean peopleToldApart) {
  public static final Limits DEFAULT =
      new Limits(5, 5, 10, Duration.ofSeconds(2), Duration.ofMinutes(5));

  /// Without a budget, everybody being the same person.
  public Limits(
      int failures, int continuations, int losses, Duration backoff, Duration longestBackoff) {
    this(failures, continuations, losses, backoff, longestBackoff, Budget.NONE, false);
  }

  /// What all attempts may use together since a person last decided; 0 is no limit.
  public record Budget(Duration time, long tokens, long microDollars) {
    public static final Budget NONE = new Budget(Duration.ZERO, 0, 0);

    /// Says which part of it is used up.
    Optional<String> usedUp(Usage spent) {
      var used = spent.inputTokens() + spent.outputTokens();
      if (time.isPositive() && spent.time().compareTo(time) >= 0) {
        return Optional.of(
            "its attempts took %d of %d minutes"
                .formatted(spent.time().toMinutes(), time.toMinutes()));
      }
      if (tokens > 0 && used >= tokens) {
        return Optional.of("its agents used %d of %d tokens".formatted(used, tokens));
      }
      return microDollars > 0 && spent.microDollars() >= microDollars
          ? Optional.of(
              "its agents cost $%.2f of $%.2f"
                  .formatted(spent.microDollars() / 1e6, microDollars / 1e6))
          : Optional.empty();
    }
  }

  public Limits with(Budget newBudget) {
    return new Limits(
        failures, continuations, losses, backoff, longestBackoff, newBudget, peopleToldApart);
  }

  public Limits telling(boolean peopleApart) {
    return new Limits(
        failures, continuations, losses, backoff, longestBackoff, budget, peopleApart);
  }

  /// Doubles with every failure, up to the longest.
  Duration backoffAfter(int failures) {
    var doubled = backoff.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
    return doubled.compareTo(longestBackoff) < 0 ? doubled : longestBackoff;
  }
}

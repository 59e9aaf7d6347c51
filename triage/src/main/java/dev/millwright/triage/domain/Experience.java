package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What finished work teaches about work like it: how much of it landed, how much at once, and what
/// it took. Few cases say little, so every rate is drawn towards what is usual.
public final class Experience {
  static final int FEWEST = 5;
  private static final int MOST_REMEMBERED = 200;
  private static final double USUAL = 0.7;
  private static final double WEIGHT_OF_USUAL = 5;

  private final Map<Likeness, Deque<Deed>> deeds = new HashMap<>();

  /// What cases have in common; `null` where anything will do.
  record Likeness(@Nullable Kind kind, @Nullable String repo, @Nullable String agent) {
    String words() {
      var kinds = kind == null ? "any work" : Words.lower(kind.name());
      return kinds + (repo == null ? "" : " in " + repo) + (agent == null ? "" : " for " + agent);
    }
  }

  /// Rates of some cases, drawn towards what is usual.
  record Rates(int samples, double landed, double atOnce) {
    static Rates of(List<Deed> deeds) {
      return new Rates(
          deeds.size(),
          shrunk(deeds.stream().filter(Deed::landed).count(), deeds.size()),
          shrunk(
              deeds.stream().filter(it -> it.end() == Deed.End.LANDED_AT_ONCE).count(),
              deeds.size()));
    }

    /// Whether they are enough to act on.
    boolean tell() {
      return samples >= FEWEST;
    }

    double worth() {
      return landed * 0.7 + atOnce * 0.3;
    }
  }

  static double shrunk(long successes, int samples) {
    return (successes + USUAL * WEIGHT_OF_USUAL) / (samples + WEIGHT_OF_USUAL);
  }

  /// Adds what came of an item; the oldest of many alike is forgotten.
  public synchronized void learn(Deed deed) {
    alike(deed)
        .forEach(alike -> {
          alike.addLast(deed);
          if (alike.size() > MOST_REMEMBERED) {
            alike.removeFirst();
          }
        });
  }

  /// Adds what came of an item that ended before all that are known.
  public synchronized void learnEarlier(Deed deed) {
    alike(deed).filter(alike -> alike.size() < MOST_REMEMBERED).forEach(it -> it.addFirst(deed));
  }

  private Stream<Deque<Deed>> alike(Deed deed) {
    var route = deed.route();
    return likenesses(route.kind(), route.repo(), route.agent())
        .map(likeness -> deeds.computeIfAbsent(likeness, _ -> new ArrayDeque<>()));
  }

  Rates rates(Kind kind, String repo, String agent) {
    return Rates.of(of(new Likeness(kind, repo, agent)));
  }

  /// What finished items have taken: of those most like this one, if there are enough of them, else
  /// of those a little less like it.
  Optional<Contract.Forecast> forecast(Kind kind, String repo, String agent) {
    return likenesses(kind, repo, agent)
        .filter(likeness -> of(likeness).size() >= FEWEST)
        .findFirst()
        .map(likeness -> {
          var alike = of(likeness);
          return new Contract.Forecast(
              alike.size(),
              likeness.words(),
              Math.round(Rates.of(alike).landed() * 100) / 100.0,
              estimate(alike, 0.5),
              estimate(alike, 0.9));
        });
  }

  private static Contract.Estimate estimate(List<Deed> alike, double share) {
    return new Contract.Estimate(
        quantile(alike, share, deed -> deed.usage().microDollars()),
        Duration.ofMillis(quantile(alike, share, deed -> deed.usage().time().toMillis())));
  }

  static long quantile(List<Deed> deeds, double share, ToLongFunction<Deed> of) {
    var sorted = deeds.stream().mapToLong(of).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  private synchronized List<Deed> of(Likeness likeness) {
    return new ArrayList<>(deeds.getOrDefault(likeness, new ArrayDeque<>()));
  }

  /// From the most alike to anything.
  private static Stream<Likeness> likenesses(Kind kind, String repo, String agent) {
    return Stream.of(
        new Likeness(kind, repo, agent),
        new Likeness(kind, null, agent),
        new Likeness(kind, repo, null),
        new Likeness(null, repo, agent),
        new Likeness(null, null, agent),
        new Likeness(null, null, null));
  }
}

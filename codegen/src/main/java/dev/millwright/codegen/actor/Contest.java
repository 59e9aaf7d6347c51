package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.BestOf;
import dev.millwright.codegen.domain.BestOf.Candidate;
import dev.millwright.codegen.port.Jury;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workspace.GitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Several rounds on one contract at the same time, each in a workspace of its own; the jury weighs
/// what comes out, and the best goes on. The others are kept with the winner, as artifacts.
record Contest(Assignment work, Contract contract, Jury jury) {
  /// What came of one round, and what the jury says if it is a change.
  private record Entry(String agent, StageResult result, Optional<Candidate> candidate) {
    Change.Alternative lost() {
      return candidate
          .map(it ->
              new Change.Alternative(
                  agent,
                  it.verdict().name().toLowerCase(java.util.Locale.ROOT) + ": " + it.summary(),
                  it.change().diff(),
                  it.change().transcript()))
          .orElseGet(() -> new Change.Alternative(agent, result.outcome().reason(), null, null));
    }
  }

  /// One round, ready to be played.
  record Entrant(String agent, Playable round) {}

  interface Playable {
    StageResult play() throws InterruptedException, IOException;
  }

  StageResult play(List<Entrant> entrants) throws InterruptedException {
    var entries = entries(entrants);
    var spent =
        entries.stream().map(entry -> entry.result().usage()).reduce(Usage.NONE, Usage::plus);
    return won(entries).orElseGet(() -> lost(entries)).costing(spent).keeping(exchanges(entries));
  }

  /// What all of them said to models, one after the other.
  private @Nullable ArtifactRef exchanges(List<Entry> entries) {
    try {
      var said = new ArrayList<InputStream>();
      for (var entry : entries) {
        var kept = entry.result().exchanges();
        if (kept != null) {
          work.artifacts().open(kept.sha256()).ifPresent(said::add);
        }
      }
      try (var all = new SequenceInputStream(Collections.enumeration(said))) {
        return said.isEmpty() ? null : work.artifacts().put(all, Transcript.EXCHANGES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<StageResult> won(List<Entry> entries) {
    var ranked =
        BestOf.ranked(entries.stream().map(Entry::candidate).flatMap(Optional::stream).toList());
    if (ranked.isEmpty()) {
      return Optional.empty();
    }
    var best = ranked.getFirst();
    var winner =
        entries.stream()
            .filter(entry -> entry.candidate().filter(best::equals).isPresent())
            .findFirst()
            .orElseThrow();
    var rest = new ArrayList<>(entries);
    rest.remove(winner);
    var others = rest.stream().map(Entry::lost).toList();
    var reason =
        "%s won against %d others: %s".formatted(winner.agent(), others.size(), best.summary());
    work.say("codegen: " + reason);
    return Optional.of(StageResult.advance(reason, best.change().chosenAmong(others)));
  }

  /// Nobody brought a change: what a person can answer comes first, then what may succeed later.
  private static StageResult lost(List<Entry> entries) {
    var results = entries.stream().map(Entry::result).toList();
    return Stream.<Class<? extends Outcome>>of(
            Outcome.Wait.class, Outcome.Retry.class, Outcome.Drop.class)
        .flatMap(kind -> results.stream().filter(result -> kind.isInstance(result.outcome())))
        .findFirst()
        .orElseGet(results::getFirst);
  }

  /// An interrupt ends all of them.
  private List<Entry> entries(List<Entrant> entrants) throws InterruptedException {
    var rounds = entrants.stream().<Callable<Entry>>map(entrant -> () -> played(entrant)).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(rounds).stream().map(Contest::ended).toList();
    }
  }

  private static Entry ended(Future<Entry> round) {
    return switch (round.state()) {
      case SUCCESS -> round.resultNow();
      case FAILED -> throw new IllegalStateException(round.exceptionNow());
      case CANCELLED, RUNNING -> throw new IllegalStateException("a round did not end");
    };
  }

  private Entry played(Entrant entrant) throws InterruptedException {
    var result = result(entrant);
    return result.outcome() instanceof Outcome.Advance && result.part() instanceof Change change
        ? new Entry(entrant.agent(), result, Optional.of(weighed(entrant.agent(), change)))
        : new Entry(entrant.agent(), result, Optional.empty());
  }

  /// What goes wrong in one round is no reason to end the others.
  private static StageResult result(Entrant entrant) throws InterruptedException {
    try {
      return entrant.round().play();
    } catch (GitException | IOException | UncheckedIOException e) {
      return CodegenStage.retry(entrant.agent() + " could not be asked: " + e.getMessage());
    }
  }

  private Candidate weighed(String agent, Change change) throws InterruptedException {
    var ballot = jury.weigh(work, contract, change);
    work.say("codegen: %s: %s".formatted(agent, ballot.summary()));
    return new Candidate(change, ballot.verdict(), ballot.errors(), ballot.summary());
  }
}

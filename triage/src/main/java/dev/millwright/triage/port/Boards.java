package dev.millwright.triage.port;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The boards that are polled, for whoever wants to know how they stand or has heard that something
/// changed. Answers come from their singletons, wherever in the cluster those run.
public interface Boards {
  /// Looks again soon, without waiting for the next time. Asked again before that look began, it is
  /// the same look.
  ///
  /// @param board one of them; `null` for all
  CompletionStage<Refresh> refresh(@Nullable String board);

  /// How each of them stands, in the order of the settings.
  CompletionStage<List<Standing>> standing();

  /// What became of asking for a look.
  ///
  /// @param coalesced whether one was under way or asked for already
  record Refresh(boolean coalesced, Instant requestedAt) {}

  /// How one board stands.
  ///
  /// @param repo the repository its tickets are about, where the settings say so
  /// @param checking whether it is being looked at right now
  /// @param lastAt when a look last succeeded
  /// @param nextAt when it is looked at next
  /// @param fault why the last look failed; `null` when it did not
  /// @param unreadable tickets that nothing can be made of, each with why
  record Standing(
      String name,
      String kind,
      @Nullable String repo,
      boolean checking,
      @Nullable Instant lastAt,
      @Nullable Instant nextAt,
      Board.@Nullable Fault fault,
      Stock stock,
      List<String> unreadable,
      Board.Reach reach) {
    /// One that says nothing.
    public static Standing unknown(String name, Board.@Nullable Fault fault) {
      return new Standing(
          name, "", null, false, null, null, fault, Stock.NONE, List.of(), Board.Reach.FREELY);
    }
  }

  /// The tickets of a board in an active state, as its last look left them.
  ///
  /// @param open those that are nobody's yet
  /// @param ready those of them that may start when there is room
  /// @param held those the factory took
  record Stock(int open, int ready, int held) {
    public static final Stock NONE = new Stock(0, 0, 0);
  }
}

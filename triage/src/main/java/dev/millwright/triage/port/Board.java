package dev.millwright.triage.port;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where tickets live.
///
/// Calls block, so make them on a virtual thread; several may be made at once. Each has a deadline
/// of its own and asks the provider again only where that cannot do harm. A failure is a value, and
/// so is a provider that wants to be left alone for a while. No answer and no failure holds a
/// secret.
public interface Board {
  /// The key of the signal a ticket is, such as `github:acme/orders#218` or `linear:ABC-12`; a
  /// webhook about the same ticket makes the same key, so both land on one item.
  SignalKey keyOf(Issue issue);

  /// The states that are work, and those that are over: as configured, else the kind's own.
  List<String> activeStates();

  List<String> terminalStates();

  /// Every ticket in one of these states, in the provider's order, over all its pages: all of them
  /// or a failure, never some. A record that cannot be read is left out and counted in the log. A
  /// long text is shortened; `withIds` has all of it. Without a state nothing is asked.
  Answer<List<Issue>> inStates(List<String> states);

  /// What changed since an earlier call, shortened alike, whatever state it is in now: it costs
  /// what changed, not what exists. May say a ticket again, and cannot tell what was deleted. Nor
  /// does a ticket change because one that blocks it did: ask for blocked ones by id.
  ///
  /// @param mark what the call before gave back; `null` at first, which reads nothing and only
  ///   gives a mark for now
  Answer<Changes> changedSince(@Nullable String mark);

  /// These tickets as they are now, each once, in the order asked for; what cannot be seen any more
  /// is left out. One that cannot be read is a failure.
  Answer<List<Issue>> withIds(List<String> ids);

  /// What people said on a ticket since an earlier call, the oldest first: nothing that the factory
  /// wrote there itself, and nothing that a machine did.
  ///
  /// @param ticket as it was just read
  /// @param mark what the call before gave back; `null` at first, which hears nothing and only
  ///   gives a mark for now
  Answer<Remarks> remarks(Issue ticket, @Nullable String mark);

  /// Whether that costs no question, so that tickets without a date are listened to as well.
  default boolean hearsForFree() {
    return false;
  }

  /// Says something on a ticket. One topic is one comment: said again, its text is replaced; the
  /// same text again changes nothing, also after a crash.
  Answer<Done> comment(String id, String topic, String markdown);

  /// Moves a ticket to a state; one that is there already stays.
  Answer<Done> move(String id, String state);

  /// Links something on a ticket, once for each address.
  Answer<Done> link(String id, String title, URI address);

  /// Looks whether it can be worked with, at the cost of a question or two: it answers, lets us in,
  /// and shows its tickets. Those of its states that the provider does not know, where it can tell.
  default Answer<List<String>> unknownStates() {
    return switch (changedSince(null)) {
      case Answer.Got<Changes> _ -> new Answer.Got<>(List.of());
      case Answer.Failed<Changes>(var fault) -> new Answer.Failed<>(fault);
    };
  }

  /// How the provider can be reached; costs no question.
  default Reach reach() {
    return Reach.FREELY;
  }

  /// The tickets that the last call could make nothing of, each with why; costs no question.
  default List<String> unreadable() {
    return List.of();
  }

  /// How a provider can be reached, as far as it is known.
  ///
  /// @param circuit whether anybody asks it at all
  /// @param until when it is asked again, while nobody may
  /// @param limit what it said about how often it may be asked; `null` before it said anything
  record Reach(Circuit circuit, @Nullable Instant until, @Nullable RateLimit limit) {
    /// Nothing stands between.
    public static final Reach FREELY = new Reach(Circuit.CLOSED, null, null);

    /// What stands between.
    public enum Circuit {
      /// It is asked.
      CLOSED,
      /// It did not answer, or wants to be left alone: nobody asks.
      OPEN,
      /// The next question decides.
      HALF_OPEN
    }
  }

  /// How often a provider may be asked.
  ///
  /// @param remaining questions until `fullAt`
  /// @param most questions in a row, where it says so
  record RateLimit(long remaining, @Nullable Long most, @Nullable Instant fullAt) {}

  /// What came of asking.
  sealed interface Answer<T> {
    record Got<T>(T value) implements Answer<T> {}

    record Failed<T>(Fault fault) implements Answer<T> {}
  }

  /// Tickets that changed, and what to ask with next time.
  record Changes(List<Issue> issues, String mark) {
    public Changes {
      issues = List.copyOf(issues);
    }
  }

  /// What was said on a ticket, and what to ask with next time.
  ///
  /// @param mark without control characters, at most 2,000 of the others
  record Remarks(List<Remark> said, String mark) {
    public Remarks {
      said = List.copyOf(said);
    }
  }

  /// It was written.
  record Done() {}

  /// Why a board did not answer.
  ///
  /// @param code names it exactly, such as `linear_missing_end_cursor`
  /// @param reason for people, without secrets, bounded
  /// @param retryAfter how long the provider wants to be left alone
  record Fault(Category category, String code, String reason, @Nullable Duration retryAfter) {
    /// The kinds of failure a scheduler tells apart.
    public enum Category {
      /// The settings cannot be used.
      CONFIG,
      /// A secret is missing.
      SECRET,
      /// Nobody answered: no connection, a deadline, an open circuit.
      REQUEST,
      /// An answer that is no success.
      STATUS,
      /// An answer that makes no sense.
      RESPONSE,
      /// Pages that do not fit together.
      PAGINATION,
      RATE_LIMITED
    }
  }
}

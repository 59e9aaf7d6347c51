package dev.millwright.triage.domain;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A ticket the factory took: what it became, how it was last seen, what was heard and what was
/// written on it.
///
/// Kept in the ledger until the ticket is no work any more and the last word about it is written.
///
/// @param since when it was taken, or let go
public record Claim(
    Ticket ticket,
    SignalKey key,
    ItemId item,
    Instant since,
    Hold hold,
    Seen seen,
    Heard heard,
    Written written) {

  /// Which ticket it is: `id` is the board's own, `identifier` what people call it.
  public record Ticket(String board, String id, String identifier) {}

  /// How firmly it is held.
  public enum Hold {
    /// About to be started; whether its item knows is not sure yet.
    TAKEN,
    /// Its item knows.
    HELD,
    /// Let go; only the last word about it may be missing on the ticket.
    RELEASED
  }

  /// How its item last knew it.
  ///
  /// @param whole tells whether anything that matters to an item is different
  /// @param words tells whether what it asks for is different
  public record Seen(String state, String whole, String words) {
    private static final int MOST_STATE_CHARACTERS = 200;
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    /// The same for a ticket as a list has it and as it is by itself.
    public static Seen of(Issue issue) {
      var words = issue.words().shortened();
      var asks = hash(words.title() + "\0" + words.description());
      var standing = issue.standing();
      var whole =
          String.join(
              "\0",
              asks,
              issue.state(),
              "" + issue.priority(),
              "" + words.labels(),
              "" + standing.blockedBy(),
              "" + standing.assignee());
      return new Seen(storable(issue.state()), hash(whole), asks);
    }

    /// As every database keeps it.
    private static String storable(String state) {
      var plain = UNSTORABLE.matcher(state).replaceAll(" ").strip();
      return plain.substring(0, Math.min(plain.length(), MOST_STATE_CHARACTERS));
    }

    public Seen in(String newState) {
      return new Seen(newState, whole, words);
    }
  }

  /// How far what people say on it was heard.
  ///
  /// @param asOf when the ticket had last changed then
  /// @param mark the board's own; empty when nobody listened yet
  public record Heard(Instant asOf, String mark) {
    public static final Heard NOTHING = new Heard(Instant.EPOCH, "");

    /// After a board was asked about a ticket as it was read.
    public static Heard of(Issue issue, String mark) {
      var changed = issue.times().updatedAt();
      return new Heard(changed == null ? Instant.EPOCH : changed, mark);
    }

    /// Whether something may have been said since.
    public boolean isBehind(Issue issue) {
      var changed = issue.times().updatedAt();
      return changed != null && changed.isAfter(asOf);
    }
  }

  /// What the factory last wrote on it.
  ///
  /// @param comment the hash of the comment; empty when there is none
  /// @param state where its item wants it to stand; empty when nowhere
  /// @param links the hash of what was linked
  /// @param asked where an agent put it since; empty when nowhere
  public record Written(String comment, String state, String links, String asked) {
    public static final Written NOTHING = new Written("", "", "", "");

    public Written said(String newComment) {
      return new Written(newComment, state, links, asked);
    }

    public Written moved(String newState) {
      return new Written(comment, newState, links, "");
    }

    public Written linked(String newLinks) {
      return new Written(comment, state, newLinks, asked);
    }
  }

  /// A ticket that is about to be started.
  public static Claim take(String board, Issue issue, SignalKey key, Written written, Instant now) {
    return new Claim(
        new Ticket(board, issue.ref().id(), issue.ref().identifier()),
        key,
        ItemId.of(key),
        now,
        Hold.TAKEN,
        Seen.of(issue),
        Heard.NOTHING,
        written);
  }

  public Claim heldBy(ItemId known) {
    return new Claim(ticket, key, known, since, Hold.HELD, seen, heard, written);
  }

  public Claim releasedAt(Instant now) {
    return new Claim(ticket, key, item, now, Hold.RELEASED, seen, heard, written);
  }

  public Claim seen(Seen now) {
    return new Claim(ticket, key, item, since, hold, now, heard, written);
  }

  public Claim heard(Heard now) {
    return new Claim(ticket, key, item, since, hold, seen, now, written);
  }

  public Claim wrote(Written now) {
    return new Claim(ticket, key, item, since, hold, seen, heard, now);
  }

  /// What tells one text from another.
  public static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}

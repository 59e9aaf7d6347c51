package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Decision;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody said on a ticket. All text is a stranger's.
///
/// @param id names it among those of its ticket
/// @param author who said it, with the trust the provider's word gives
/// @param url where people read it; `null` where it has no address of its own
public record Remark(String id, Author author, String text, Instant at, @Nullable URI url) {
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_NAME_CHARACTERS = 100;

  /// Whether it may say something to an item: what outsiders say waits for a person, as their
  /// tickets do.
  public boolean counts() {
    return author.trust() != Author.Trust.OUTSIDER && !text.isBlank();
  }

  /// As it is said to the item of its ticket.
  ///
  /// @param board where it was said
  public Decision to(String board) {
    var by = board + ":" + Words.line(author.name(), MOST_NAME_CHARACTERS);
    var words = Words.block(text, MOST_CHARACTERS);
    return new Decision(Decision.Verb.REMARK, by, url == null ? words : words + "\n\n" + link(url));
  }

  /// Whether an item was told already, by a webhook or before a crash: each has an address of its
  /// own.
  public boolean isKnown(Context context) {
    return url != null && isSaid(context, link(url));
  }

  /// Whether what stands at an address was said to an item.
  public static boolean isSaid(Context context, String link) {
    return context.decisions().stream()
        .anyMatch(said -> said.decision().text().endsWith("\n\n" + link));
  }

  private static String link(URI url) {
    return url.toString();
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.ItemId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Earlier work that reads like a request.
///
/// @param score how alike the two are, 0 to 1
/// @param common the words both use, the rarest first
public record Alike(
    ItemId id,
    String title,
    String body,
    Author.Trust trust,
    Standing standing,
    double score,
    List<String> common) {
  public Alike {
    common = List.copyOf(common);
  }

  /// Where that work stands.
  ///
  /// @param receivedAt when it came
  /// @param finishedAt when it landed; `null` while it is open
  /// @param partOf the item it is a part of; `null` for most
  public record Standing(
      Instant receivedAt, @Nullable Instant finishedAt, @Nullable String partOf) {}
}

package dev.millwright.triage.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Sha256;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ticket as every kind of board gives it: the fields of Symphony's normalized issue. All text is
/// a stranger's.
///
/// @param state spelled as the board spells it
/// @param priority 1 is the most urgent, 4 the least, 0 says nothing
public record Issue(
    Ref ref, Words words, String state, int priority, Standing standing, Times times) {

  /// What names it.
  ///
  /// @param id the board's own, never shown to people
  /// @param identifier what people call it, such as `ABC-12`
  /// @param nativeRef further ids of the provider's, none of them secret
  public record Ref(
      String id, String identifier, @Nullable URI url, Map<String, String> nativeRef) {
    public Ref {
      nativeRef = Map.copyOf(nativeRef);
    }
  }

  /// What it says.
  ///
  /// @param labels trimmed, in lower case, each once
  public record Words(
      String title, String description, List<String> labels, @Nullable String branchName) {
    private static final int MOST_LISTED_CHARACTERS = 2_000;

    public Words {
      labels = List.copyOf(labels);
    }

    /// The same in few characters: a long description gives way to its beginning and a fingerprint,
    /// which stays as it is when it is shortened again.
    Words shortened() {
      if (description.length() <= MOST_LISTED_CHARACTERS) {
        return this;
      }
      var print = HexFormat.of().formatHex(Sha256.of(description.getBytes(UTF_8)));
      var begin = description.substring(0, MOST_LISTED_CHARACTERS - print.length() - 2);
      return new Words(title, begin + "… " + print, labels, branchName);
    }
  }

  /// Who it belongs to and what it depends on.
  ///
  /// @param dispatchable whether the board's own rules let it start: not blocked, not somebody
  ///   else's, not a pull request
  /// @param author who wrote it, with the trust the provider's word gives
  public record Standing(
      boolean dispatchable, List<Blocker> blockedBy, @Nullable String assignee, Author author) {
    public Standing {
      blockedBy = List.copyOf(blockedBy);
    }
  }

  /// A ticket that has to be done before; what the board does not say is `null`.
  public record Blocker(@Nullable String id, @Nullable String identifier, @Nullable String state) {}

  /// When it was written and last changed, where the board says so.
  public record Times(@Nullable Instant createdAt, @Nullable Instant updatedAt) {}

  /// As a list has it. Thousands of tickets are held at once then, so it has enough of the text to
  /// tell one from another, however long it is.
  public Issue listed() {
    return new Issue(ref, words.shortened(), state, priority, standing, times);
  }

  /// Whether it is in one of these states, however they are spelled.
  public boolean isIn(List<String> states) {
    return states.stream().anyMatch(it -> folded(it).equals(folded(state)));
  }

  /// A state or label as it is compared: trimmed, in lower case.
  public static String folded(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}

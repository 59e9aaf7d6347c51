package dev.millwright.triage.actor;

import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.domain.Issue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The signal a ticket is, bounded in every part.
final class TicketSignal {
  static final String SOURCE = "board:";
  private static final int MOST_BODY_CHARACTERS = 200_000;
  private static final int MOST_LABELS = 50;
  private static final int MOST_LABEL_CHARACTERS = 100;
  private static final int MOST_FACT_CHARACTERS = 2_000;
  private static final int MOST_BLOCKERS = 20;
  private static final int MOST_NAME_CHARACTERS = 100;
  private static final int MOST_LINK_CHARACTERS = 2_000;

  private TicketSignal() {}

  static Signal of(BoardSettings board, SignalKey key, Issue issue) {
    var words = issue.words();
    var author = issue.standing().author();
    return new Signal(
        key,
        SOURCE + board.name(),
        new Author(Excerpt.of(author.name(), MOST_NAME_CHARACTERS), author.trust()),
        new Request(
            Excerpt.of(words.title().strip(), Request.MOST_TITLE_CHARACTERS),
            Excerpt.of(words.description(), MOST_BODY_CHARACTERS),
            null,
            labels(words.labels()),
            Math.clamp(issue.priority(), 0, 4),
            board.repo(),
            null),
        facts(board, issue),
        link(issue.ref().url()));
  }

  private static List<String> labels(List<String> labels) {
    return labels.stream()
        .filter(label -> !label.isBlank() && label.length() <= MOST_LABEL_CHARACTERS)
        .limit(MOST_LABELS)
        .toList();
  }

  private static Map<String, String> facts(BoardSettings board, Issue issue) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("board", board.name());
    facts.put("ticket", issue.ref().id());
    facts.put("identifier", issue.ref().identifier());
    facts.put("state", Excerpt.of(issue.state(), MOST_NAME_CHARACTERS));
    put(facts, "branch_name", issue.words().branchName());
    put(facts, "assignee", issue.standing().assignee());
    put(facts, "created_at", issue.times().createdAt());
    put(facts, "updated_at", issue.times().updatedAt());
    var blockers = issue.standing().blockedBy().stream().limit(MOST_BLOCKERS).toList();
    if (!blockers.isEmpty()) {
      var json = Json.text(blockers);
      // Cut in the middle it would be no JSON.
      facts.put("blocked_by", json.length() <= MOST_FACT_CHARACTERS ? json : "[]");
    }
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable Object value) {
    if (value != null && !value.toString().isBlank()) {
      facts.put(name, Excerpt.of(value.toString(), MOST_FACT_CHARACTERS));
    }
  }

  /// A link is shown to people as one: nothing but the web may hide behind it.
  private static @Nullable String link(@Nullable URI url) {
    var text = url == null ? "" : url.toString();
    return text.length() <= MOST_LINK_CHARACTERS && text.matches("https?://[^\\s\\p{Cntrl}]+")
        ? text
        : null;
  }
}

package dev.millwright.triage.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A ticket as somebody might file it, and what a person says it is.
///
/// @param is of `sensitive`, `unclear`, `large` (too large for one change), `split` (with a list of
///   parts), `empty`, `spam`
/// @param like an earlier ticket that says the same
/// @param unlike an earlier ticket that reads alike and is another
record Ticket(
    String id,
    String title,
    String body,
    Kind kind,
    Set<String> is,
    @Nullable String like,
    @Nullable String unlike) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// All of a part: `tuning`, which the rules were made with, or `heldout`, which they were not.
  static List<Ticket> all(String part) {
    var name = "/tickets/" + part + ".jsonl";
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Ticket.class.getResourceAsStream(name)),
                StandardCharsets.UTF_8))) {
      return in.lines().map(Ticket::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ticket read(String line) {
    try {
      var json = JSON.readTree(line);
      var is = new HashSet<String>();
      json.path("is").forEach(word -> is.add(word.asText()));
      return new Ticket(
          json.path("id").asText(),
          json.path("title").asText(),
          json.path("body").asText(),
          Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
          is,
          text(json.path("like")),
          text(json.path("unlike")));
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() ? null : node.asText();
  }

  boolean isWork() {
    return kind != Kind.QUESTION && !is.contains("empty") && !is.contains("spam");
  }

  /// As a member of the team filed it on a board.
  Context context() {
    return Context.of(
        new Signal(
            new SignalKey("github:acme/shop#" + id),
            "github",
            new Author("ann", Author.Trust.MEMBER),
            new Request(title, body, null, List.of(), 0, "shop", null),
            Map.of(),
            null));
  }
}

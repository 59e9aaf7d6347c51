package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.triage.port.Board.Done;
import dev.millwright.triage.port.Board.Fault.Category;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the factory says on issues of GitLab's, one note for each topic.
final class GitlabNotes {
  /// A line like `/close` is carried out by GitLab, in the name of whoever writes it.
  private static final Pattern COMMAND = Pattern.compile("(?m)^(\\s*)/(?=\\p{Alpha})");

  private static final int MOST_PAGES = 100;
  private static final int MOST_CHARACTERS = 65_000;
  private static final String LINKS = "links";

  private final BoardClient client;
  private final Sweep sweep;
  private final String project;
  private volatile long account;

  GitlabNotes(BoardClient client, Sweep sweep, String project) {
    this.client = client;
    this.sweep = sweep;
    this.project = project;
  }

  Done say(String id, String topic, String markdown) throws BoardException {
    write(id, topic, ours(id, topic), markdown);
    return new Done();
  }

  /// Links one more address; all links of an issue stand in one note.
  Done link(String id, String title, URI address) throws BoardException {
    var said = ours(id, LINKS);
    var before = said == null ? "" : Marker.unmarked(LINKS, Reading.plain(said, "body"));
    var after = Marker.linked(before, title, address);
    if (!after.equals(before)) {
      write(id, LINKS, said, after);
    }
    return new Done();
  }

  private void write(String id, String topic, @Nullable JsonNode said, String markdown)
      throws BoardException {
    var text =
        Marker.mark(
            topic, Excerpt.of(COMMAND.matcher(markdown).replaceAll("$1\\\\/"), MOST_CHARACTERS));
    var body = Map.of("body", text);
    if (said == null) {
      client.send(Ask.write("POST", body, "projects", project, "issues", id, "notes"));
    } else if (!Reading.plain(said, "body").equals(text)) {
      var note = said.path("id").asText();
      client.send(Ask.write("PUT", body, "projects", project, "issues", id, "notes", note));
    }
  }

  /// Our note on a topic; a stranger's with the same beginning is not ours.
  private @Nullable JsonNode ours(String id, String topic) throws BoardException {
    for (int page = 1; page <= MOST_PAGES; page++) {
      var notes = page(id, "asc", page);
      for (var note : notes) {
        if (Marker.isOn(topic, Reading.plain(note, "body"))
            && GitlabIssues.author(note) == account()) {
          return note;
        }
      }
      if (notes.size() < Sweep.PER_PAGE) {
        return null;
      }
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the notes do not end", null);
  }

  /// What others said since a time, the newest first; system notes are no words of anybody's.
  List<JsonNode> talk(String id, Instant since) throws BoardException {
    var said = new ArrayList<JsonNode>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      var notes = page(id, "desc", page);
      for (var note : notes) {
        if (!note.path("system").asBoolean(false) && !Marker.isOnAny(Reading.plain(note, "body"))) {
          said.add(note);
        }
      }
      var last = notes.isEmpty() ? null : Reading.time(notes.getLast(), "created_at");
      if (notes.size() < Sweep.PER_PAGE || (last != null && last.isBefore(since))) {
        return said;
      }
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the notes do not end", null);
  }

  private List<JsonNode> page(String id, String sort, int page) throws BoardException {
    return sweep.records(
        client.send(
            Ask.get("projects", project, "issues", id, "notes")
                .with("activity_filter", "only_comments")
                .with("order_by", "created_at")
                .with("sort", sort)
                .with("per_page", Sweep.PER_PAGE)
                .with("page", page)));
  }

  private long account() throws BoardException {
    if (account == 0) {
      var id = client.json(client.send(Ask.get("user"))).path("id").asLong(0);
      if (id <= 0) {
        var reason = "it does not say who we are";
        throw client.failed(Category.RESPONSE, "unknown_payload", reason, null);
      }
      account = id;
    }
    return account;
  }
}

package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.http.Json;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board.Done;
import dev.millwright.triage.port.Board.Fault.Category;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the factory says on tasks of Asana's, one comment for each topic.
final class AsanaComments {
  private static final int MOST_CHARACTERS = 30_000;
  private static final String LINKS = "links";
  private static final Pattern OURS = Pattern.compile("\\[millwright: [^\\]\\n]*\\]$");

  private final AsanaLists lists;
  private volatile @Nullable String account;

  AsanaComments(AsanaLists lists) {
    this.lists = lists;
  }

  Done say(String task, String topic, String markdown) throws BoardException {
    var text = Excerpt.of(markdown, MOST_CHARACTERS).strip();
    var said = ours(task, topic);
    if (said == null || !unmarked(topic, Reading.plain(said, "text")).equals(text)) {
      write(task, topic, said, text);
    }
    return new Done();
  }

  /// Links one more address; all links of a task stand in one comment.
  Done link(String task, String title, URI address) throws BoardException {
    var line = title.replaceAll("[\\p{Cntrl}\\[\\]]", " ") + ": " + address;
    var said = ours(task, LINKS);
    var before = said == null ? "" : unmarked(LINKS, Reading.plain(said, "text"));
    if (before.lines().noneMatch(it -> it.endsWith(": " + address))) {
      write(task, LINKS, said, before.isEmpty() ? line : before + "\n" + line);
    }
    return new Done();
  }

  private void write(String task, String topic, @Nullable JsonNode said, String text)
      throws BoardException {
    var body = Json.object();
    body.putObject("data").put("text", text + "\n\n" + mark(topic));
    lists
        .client()
        .send(
            said == null
                ? Ask.write("POST", body, "tasks", task, "stories")
                : Ask.write("PUT", body, "stories", said.path("gid").asText("")));
  }

  /// A comment ends in a line with its topic. Only what our own account said counts, so that nobody
  /// can have the factory write into theirs.
  private @Nullable JsonNode ours(String task, String topic) throws BoardException {
    var fields = "resource_subtype,text,created_by.gid";
    for (var story : lists.all(Ask.get("tasks", task, "stories").with("opt_fields", fields))) {
      if (Reading.plain(story, "text").strip().endsWith(mark(topic))
          && story.path("created_by").path("gid").asText("").equals(account())) {
        return story;
      }
    }
    return null;
  }

  /// What people said on a task; Asana gives all of its stories at once.
  List<Remark> talk(String task) throws BoardException {
    var remarks = new ArrayList<Remark>();
    var fields = "resource_subtype,text,created_at,created_by.name";
    for (var story : lists.all(Ask.get("tasks", task, "stories").with("opt_fields", fields))) {
      var id = Reading.optional(story, "gid");
      var at = Reading.time(story, "created_at");
      var text = Reading.plain(story, "text");
      if (id != null
          && at != null
          && Reading.plain(story, "resource_subtype").equals("comment_added")
          && !OURS.matcher(text.strip()).find()) {
        remarks.add(new Remark(id, AsanaTasks.author(story), text, at, null));
      }
    }
    return remarks;
  }

  private static String mark(String topic) {
    return "[millwright: " + topic + "]";
  }

  private static String unmarked(String topic, String text) {
    var said = text.strip();
    return said.substring(0, said.length() - mark(topic).length()).strip();
  }

  private String account() throws BoardException {
    var known = account;
    if (known == null) {
      known =
          lists
              .client()
              .json(lists.client().send(Ask.get("users", "me")))
              .at("/data/gid")
              .asText("");
      if (known.isEmpty()) {
        throw lists
            .client()
            .failed(Category.RESPONSE, "unknown_payload", "it does not say who we are", null);
      }
      account = known;
    }
    return known;
  }
}

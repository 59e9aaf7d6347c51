package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.workitem.Sha256;
import dev.millwright.triage.port.Board.Done;
import dev.millwright.triage.port.Board.Fault.Category;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the factory says on tickets of Jira, one comment for each topic.
///
/// A comment's topic, and a hash of what it says, are a property of it, which nobody sees. Only
/// what our own account wrote counts, so that nobody can have the factory write into theirs.
final class JiraComments {
  private static final String PROPERTY = "millwright";
  private static final int PAGE = 100;

  /// Jira takes 32,767 characters of a comment's document.
  private static final int MOST_CHARACTERS = 30_000;

  private final BoardClient client;
  private volatile @Nullable String account;

  JiraComments(BoardClient client) {
    this.client = client;
  }

  Done say(String issue, String topic, String markdown) throws BoardException {
    var text = Excerpt.of(markdown, MOST_CHARACTERS);
    var hash = HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    var known = find(issue, topic);
    if (known.isEmpty()) {
      client.send(
          Ask.write(
              "POST", body(topic, hash, text), "rest", "api", "3", "issue", issue, "comment"));
    } else if (!property(known.get()).path("hash").asText("").equals(hash)) {
      var id = known.get().path("id").asText();
      client.send(
          Ask.write(
              "PUT", body(topic, hash, text), "rest", "api", "3", "issue", issue, "comment", id));
    }
    return new Done();
  }

  /// From the newest on: ours is among the last ones of a long talk.
  private Optional<JsonNode> find(String issue, String topic) throws BoardException {
    for (int start = 0; ; start += PAGE) {
      var page = page(issue, start);
      for (var comment : page.path("comments")) {
        if (property(comment).path("topic").asText("").equals(topic)
            && comment.path("author").path("accountId").asText("").equals(account())) {
          return Optional.of(comment);
        }
      }
      if (start + PAGE >= page.path("total").asInt(0)) {
        return Optional.empty();
      }
    }
  }

  /// What others said since a time, from the newest on; ours are those with our property.
  List<JsonNode> talk(String issue, Instant since) throws BoardException {
    var said = new ArrayList<JsonNode>();
    for (int start = 0; ; start += PAGE) {
      var page = page(issue, start);
      var older = false;
      for (var comment : page.path("comments")) {
        var at = JiraIssues.time(comment, "created");
        older |= at != null && at.isBefore(since);
        if (property(comment).isEmpty()) {
          said.add(comment);
        }
      }
      if (older || start + PAGE >= page.path("total").asInt(0)) {
        return said;
      }
    }
  }

  private JsonNode page(String issue, int start) throws BoardException {
    return client.json(
        client.send(
            Ask.get("rest", "api", "3", "issue", issue, "comment")
                .with("startAt", start)
                .with("maxResults", PAGE)
                .with("orderBy", "-created")
                .with("expand", "properties")));
  }

  private String account() throws BoardException {
    var known = account;
    if (known == null) {
      var me = client.json(client.send(Ask.get("rest", "api", "3", "myself")));
      known = me.path("accountId").asText("");
      if (known.isEmpty()) {
        throw client.failed(
            Category.RESPONSE, "unknown_payload", "it does not say who we are", null);
      }
      account = known;
    }
    return known;
  }

  private static JsonNode property(JsonNode comment) {
    for (var property : comment.path("properties")) {
      if (property.path("key").asText("").equals(PROPERTY)) {
        return property.path("value");
      }
    }
    return Json.object();
  }

  private static ObjectNode body(String topic, String hash, String text) {
    var body = Json.object();
    body.set("body", AtlassianDocument.of(text));
    var property = body.putArray("properties").addObject().put("key", PROPERTY);
    property.putObject("value").put("topic", topic).put("hash", hash);
    return body;
  }
}

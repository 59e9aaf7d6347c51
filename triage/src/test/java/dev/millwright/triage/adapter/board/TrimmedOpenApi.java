package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// GitHub's published OpenAPI description (npm `@octokit/openapi`, `api.github.com.json`), cut down
/// to the operations that a board uses: `main` does it, from the whole file.
///
/// What is kept is as published, without descriptions and examples. Of the answers, those of a
/// success and those that say where a thing is or that it is not.
final class TrimmedOpenApi {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ROOT = "/repos/{owner}/{repo}";
  private static final List<String> OPERATIONS =
      List.of(
          "get " + ROOT,
          "get " + ROOT + "/issues",
          "get " + ROOT + "/issues/{issue_number}",
          "patch " + ROOT + "/issues/{issue_number}",
          "get " + ROOT + "/issues/{issue_number}/dependencies/blocked_by",
          "post " + ROOT + "/issues/{issue_number}/labels",
          "delete " + ROOT + "/issues/{issue_number}/labels/{name}",
          "get " + ROOT + "/issues/{issue_number}/comments",
          "post " + ROOT + "/issues/{issue_number}/comments",
          "patch " + ROOT + "/issues/comments/{comment_id}");
  private static final Set<String> STATUSES = Set.of("200", "201", "301", "304", "404", "410");
  private static final Set<String> LEFT_OUT =
      Set.of("description", "example", "examples", "summary");

  private TrimmedOpenApi() {}

  /// Trims a description: the file with the whole one, the file to write.
  static void main(String[] arguments) throws IOException {
    var whole = MAPPER.readTree(Files.readAllBytes(Path.of(arguments[0])));
    Files.write(Path.of(arguments[1]), MAPPER.writeValueAsBytes(trimmed(whole)));
  }

  private static ObjectNode trimmed(JsonNode whole) {
    var kept = MAPPER.createObjectNode();
    kept.set("openapi", whole.get("openapi"));
    var info = kept.putObject("info");
    info.put("title", "GitHub v3 REST API, cut down to what Millwright's board uses");
    info.set("version", whole.at("/info/version"));
    info.set("license", whole.at("/info/license"));
    kept.putArray("servers").addObject().put("url", "https://api.github.com");
    var paths = kept.putObject("paths");
    for (var operation : OPERATIONS) {
      var words = operation.split(" ", 2);
      var published = (ObjectNode) whole.get("paths").get(words[1]).get(words[0]).deepCopy();
      published.remove(List.of("tags", "externalDocs"));
      ((ObjectNode) published.get("responses")).retain(STATUSES);
      var path = paths.path(words[1]);
      (path.isMissingNode() ? paths.putObject(words[1]) : (ObjectNode) path)
          .set(words[0], bare(published));
    }
    components(whole, kept);
    kept.at("/components/responses").forEach(TrimmedOpenApi::describe);
    for (var path : paths) {
      path.forEach(operation -> operation.get("responses").forEach(TrimmedOpenApi::describe));
    }
    return kept;
  }

  /// Everything that is referred to, and what that refers to.
  private static void components(JsonNode whole, ObjectNode kept) {
    var components = kept.putObject("components");
    var open = new ArrayDeque<>(references(kept));
    var known = new LinkedHashSet<String>();
    while (!open.isEmpty()) {
      var reference = open.pop();
      if (known.add(reference)) {
        var words = reference.split("/", -1);
        var published = bare(whole.at(reference.substring(1)).deepCopy());
        components.withObject("/" + words[2]).set(words[3], published);
        open.addAll(references(published));
      }
    }
  }

  /// An answer without a description would be no OpenAPI.
  private static void describe(JsonNode response) {
    if (!response.has("$ref")) {
      ((ObjectNode) response).put("description", "left out");
    }
  }

  private static List<String> references(JsonNode node) {
    return new ArrayList<>(node.findValuesAsText("$ref"));
  }

  /// Without what people read; a property that is called like it stays.
  private static JsonNode bare(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(it -> it.getKey().startsWith("x-"));
      LEFT_OUT.forEach(it -> {
        if (object.path(it).isValueNode() || it.startsWith("example")) {
          object.remove(it);
        }
      });
    }
    node.properties()
        .forEach(it -> {
          if (it.getKey().equals("properties")) {
            it.getValue().forEach(TrimmedOpenApi::bare);
          } else {
            bare(it.getValue());
          }
        });
    if (node.isArray()) {
      node.forEach(TrimmedOpenApi::bare);
    }
    return node;
  }
}

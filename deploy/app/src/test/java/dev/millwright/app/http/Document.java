package dev.millwright.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The served OpenAPI document, and what it says about answers.
record Document(JsonNode root) {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final String META_SCHEMA = "/openapi/schemas/v3.1/schema.yaml";

  static Document of(Wire wire) {
    return new Document(wire.get("/api/v1/openapi.json").json());
  }

  /// One declared operation.
  ///
  /// @param method in lower case, as the document has it
  record Declared(String method, String path, JsonNode node) {
    Set<String> mediaTypes() {
      return node.path("requestBody").path("content").properties().stream()
          .map(java.util.Map.Entry::getKey)
          .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public String toString() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
  }

  List<Declared> operations() {
    var all = new ArrayList<Declared>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(it -> all.add(new Declared(it.getKey(), path.getKey(), it.getValue()))));
    return all;
  }

  Optional<Declared> find(String method, String path) {
    return operations().stream()
        .filter(it -> it.method().equalsIgnoreCase(method) && it.path().equals(path))
        .findFirst();
  }

  /// What is wrong with the document by OpenAPI's own meta-schema.
  Set<ValidationMessage> mistakes() throws IOException {
    try (var in = Objects.requireNonNull(Document.class.getResourceAsStream(META_SCHEMA))) {
      return SCHEMAS.getSchema(new YAMLMapper().readTree(in)).validate(root);
    }
  }

  /// What is wrong with an answer: a status nobody declared, another media type, another shape.
  List<String> mistakes(Declared operation, Wire.Answer answer) {
    var responses = operation.node().path("responses");
    var declared = responses.path(String.valueOf(answer.status()));
    if (declared.isMissingNode()) {
      if (answer.status() < 400) {
        return List.of("status " + answer.status() + " is not declared");
      }
      declared = responses.path("default");
    }
    var content = declared.path("content");
    var type = answer.header("Content-Type").orElse("").replaceAll(";.*", "").trim();
    if (content.isMissingNode() || content.has("*/*")) {
      return List.of();
    }
    if (!content.has(type)) {
      return List.of(type + " is not declared for " + answer.status());
    }
    var schema = content.path(type).path("schema");
    return schema.isMissingNode() ? List.of() : mistakes(schema, answer.json());
  }

  List<String> mistakes(JsonNode schema, JsonNode value) {
    var whole = (ObjectNode) schema.deepCopy();
    whole.set("components", root.path("components"));
    return SCHEMAS.getSchema(whole).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  /// Follows a reference inside the document.
  JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  static final Pattern NAME = Pattern.compile("\\{([^}]+)}");
}

package dev.millwright.triage.adapter.board;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What providers say about their interface (OpenAPI 3.0), and whether an exchange is as they say.
final class Description {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(OpenApi30.getInstance().getIri(), OpenApi30.getInstance())
          .keyword(new NonValidationKeyword("components"))
          .build();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V4, it -> it.metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()));
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private final JsonNode root;
  private final String base;
  private final List<Operation> operations = new ArrayList<>();
  private final IdentityHashMap<JsonNode, JsonSchema> compiled = new IdentityHashMap<>();

  private Description(JsonNode root) {
    this.root = root;
    this.base = URI.create(root.at("/servers/0/url").asText()).getPath().replaceFirst("/$", "");
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(it -> it.getValue().isObject())
                .forEach(it ->
                    operations.add(
                        new Operation(
                            it.getKey(),
                            path.getKey(),
                            it.getValue(),
                            path.getValue().path("parameters")))));
    // What is written out counts before what stands for anything.
    operations.sort(
        (a, b) -> a.path().replaceAll("[^{]", "").compareTo(b.path().replaceAll("[^{]", "")));
  }

  /// @param file below `openapi/`
  static Description of(String file) {
    try (var in = Description.class.getResourceAsStream("/openapi/" + file)) {
      return new Description(nullable(JSON.readTree(requireNonNull(in, file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Providers write `nullable` beside `allOf`, where by the letter it would allow for nothing.
  private static JsonNode nullable(JsonNode node) {
    node.forEach(Description::nullable);
    if (node instanceof ObjectNode schema
        && schema.path("nullable").asBoolean()
        && schema.has("allOf")) {
      var other = JsonNodeFactory.instance.objectNode().set("allOf", schema.remove("allOf"));
      var nothing = JsonNodeFactory.instance.objectNode().put("nullable", true);
      nothing.putArray("enum").addNull();
      schema.putArray("anyOf").add(nothing).add(other);
    }
    return node;
  }

  /// One request and what it was answered.
  ///
  /// @param path as it went over the wire, encoded
  record Exchanged(
      String method,
      String path,
      Map<String, List<String>> query,
      @Nullable JsonNode body,
      int status,
      @Nullable JsonNode answer) {}

  /// What is not as described, empty if everything is.
  List<String> mistakes(Exchanged it) {
    for (var operation : operations) {
      var path =
          operation
              .pattern()
              .matcher(it.path().substring(Math.min(base.length(), it.path().length())));
      if (it.path().startsWith(base)
          && operation.method().equalsIgnoreCase(it.method())
          && path.matches()) {
        var wrong = new ArrayList<String>();
        wrong.addAll(asked(operation, path, it));
        wrong.addAll(answered(operation, it));
        return wrong.stream().map(text -> operation + ": " + text).toList();
      }
    }
    return List.of(it.method() + " " + it.path() + " is not described");
  }

  private List<String> asked(Operation operation, Matcher path, Exchanged it) {
    var wrong = new ArrayList<String>();
    var known = new ArrayList<String>();
    for (var parameter : operation.parameters(root)) {
      var name = parameter.path("name").asText();
      var values =
          switch (parameter.path("in").asText()) {
            case "path" -> List.of(path.group(operation.names().indexOf(name) + 1));
            case "query" -> it.query().getOrDefault(name, List.of());
            default -> List.<String>of();
          };
      known.add(name);
      if (values.isEmpty() && parameter.path("required").asBoolean()) {
        wrong.add(name + " is missing");
      }
      values.forEach(value ->
          check(parameter.path("schema"), typed(parameter.path("schema"), value), true)
              .forEach(text -> wrong.add(name + " = " + value + ": " + text)));
    }
    it.query().keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> wrong.add(name + " is no parameter"));
    var body = operation.node().path("requestBody");
    if (it.body() != null && body.isMissingNode()) {
      wrong.add("it takes no body");
    } else if (it.body() != null) {
      wrong.addAll(check(schema(body), it.body(), true));
    } else if (resolved(body).path("required").asBoolean()) {
      wrong.add("the body is missing");
    }
    return wrong;
  }

  private List<String> answered(Operation operation, Exchanged it) {
    if (it.status() >= 400) {
      return List.of(); // Faults are described nowhere near as well as answers.
    }
    var response = operation.node().path("responses").path(String.valueOf(it.status()));
    if (response.isMissingNode()) {
      return List.of("status " + it.status() + " is not described");
    }
    return it.answer() == null ? List.of() : check(schema(response), it.answer(), false);
  }

  private JsonNode schema(JsonNode bodyOrResponse) {
    return resolved(bodyOrResponse).path("content").path("application/json").path("schema");
  }

  private List<String> check(JsonNode schema, JsonNode value, boolean formats) {
    if (!schema.isObject() || schema.isEmpty()) {
      return List.of();
    }
    return compiled.computeIfAbsent(schema, it -> compiled(it, formats)).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private JsonSchema compiled(JsonNode schema, boolean formats) {
    var whole = (ObjectNode) schema.deepCopy();
    whole.set("components", root.path("components"));
    return SCHEMAS.getSchema(
        whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(formats).build());
  }

  private JsonNode typed(JsonNode schema, String value) {
    var json = JsonNodeFactory.instance;
    return switch (resolved(schema).path("type").asText()) {
      case "integer" ->
          value.matches("-?\\d{1,18}")
              ? json.numberNode(Long.parseLong(value))
              : json.textNode(value);
      case "boolean" ->
          value.matches("true|false")
              ? json.booleanNode(value.equals("true"))
              : json.textNode(value);
      case "array" -> {
        var array = json.arrayNode();
        Stream.of(value.split(",")).forEach(it -> array.add(typed(schema.path("items"), it)));
        yield array;
      }
      default -> json.textNode(value);
    };
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  private record Operation(String method, String path, JsonNode node, JsonNode shared) {
    Pattern pattern() {
      return Pattern.compile(PARAMETER.matcher(path).replaceAll("([^/]+)"));
    }

    List<String> names() {
      return PARAMETER.matcher(path).results().map(it -> it.group(1)).toList();
    }

    List<JsonNode> parameters(JsonNode root) {
      var all = new ArrayList<JsonNode>();
      shared.forEach(all::add);
      node.path("parameters").forEach(all::add);
      return all.stream()
          .map(it -> it.has("$ref") ? root.at(it.path("$ref").asText().substring(1)) : it)
          .toList();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}

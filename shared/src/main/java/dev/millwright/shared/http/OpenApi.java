package dev.millwright.shared.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.Operation.Access;
import dev.millwright.shared.http.Operation.Param;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes the declared operations as an OpenAPI 3.1 document.
final class OpenApi {
  private static final Pattern NAME = Pattern.compile("\\{([^}]+)}");

  private OpenApi() {}

  static ObjectNode document(String version, List<Operation> operations) {
    var document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Millwright")
        .put("version", version)
        .put("description", "A software factory that runs by itself.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    var paths = document.putObject("paths");
    for (var operation : operations) {
      var path = operation.path().replace("**", "{rest}");
      paths
          .withObjectProperty(path)
          .set(operation.verb().name().toLowerCase(Locale.ROOT), operation(operation, path));
    }
    var components = document.putObject("components");
    components.set("schemas", schemas(operations));
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    return document;
  }

  /// What bodies look like, each under a name of its own.
  private static ObjectNode schemas(List<Operation> operations) {
    var schemas = new TreeMap<String, ObjectNode>();
    schemas.put(name(ApiError.Body.class), Schemas.response(ApiError.Body.class));
    for (var operation : operations) {
      for (var body : operation.bodies()) {
        var shape = body.shape();
        if (shape != null) {
          put(schemas, shape, Schemas.request(shape));
        }
      }
      operation
          .answers()
          .forEach(
              answer -> answer.shape().ifPresent(it -> put(schemas, it, Schemas.response(it))));
    }
    var all = Json.object();
    schemas.forEach(all::set);
    return all;
  }

  private static void put(Map<String, ObjectNode> schemas, Class<?> shape, ObjectNode schema) {
    var known = schemas.put(name(shape), schema);
    if (known != null && !known.equals(schema)) {
      throw new IllegalArgumentException("two shapes are called " + name(shape));
    }
  }

  /// `ItemView.Page` is an `ItemPage`; a record inside routes goes by its own name.
  private static String name(Class<?> shape) {
    if (shape == ApiError.Body.class) {
      return "Error";
    }
    var outer = shape.getEnclosingClass();
    var own = shape.getSimpleName().replaceAll("(?<=.)(View|Body)$", "");
    return outer == null || outer.getSimpleName().endsWith("Routes") ? own : name(outer) + own;
  }

  private static ObjectNode operation(Operation operation, String path) {
    var node = Json.object().put("summary", operation.about().summary());
    node.put("operationId", id(operation));
    node.put("x-millwright-access", operation.access().name().toLowerCase(Locale.ROOT));
    node.putArray("tags").add(operation.about().tag());
    if (!operation.about().detail().isEmpty()) {
      node.put("description", operation.about().detail());
    }
    var security = node.putArray("security");
    security.addObject();
    if (operation.access() != Access.OPEN) {
      security.addObject().putArray("token");
    }
    parameters(node, operation, path);
    bodies(node, operation);
    responses(node, operation);
    return node;
  }

  private static void parameters(ObjectNode node, Operation operation, String path) {
    var parameters = Json.object().putArray("parameters");
    NAME.matcher(path)
        .results()
        .forEach(name ->
            parameters
                .addObject()
                .put("name", name.group(1))
                .put("in", "path")
                .put("required", true)
                .putObject("schema")
                .put("type", "string"));
    for (var param : operation.params()) {
      parameters.add(parameter(param));
    }
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
  }

  private static ObjectNode parameter(Param param) {
    var node =
        Json.object()
            .put("name", param.name())
            .put("in", param.where().wire())
            .put("description", param.about())
            .put("required", false);
    var schema = node.putObject("schema").put("type", param.type());
    if (!param.oneOf().isEmpty()) {
      var values = schema.putArray("enum");
      param.oneOf().forEach(values::add);
    }
    return node;
  }

  private static void bodies(ObjectNode node, Operation operation) {
    if (operation.bodies().isEmpty()) {
      return;
    }
    var body = node.putObject("requestBody");
    body.put("required", operation.bodies().stream().allMatch(Operation.Body::required));
    var content = body.putObject("content");
    for (var each : operation.bodies()) {
      var shape = each.shape();
      var schema =
          shape == null
              ? Json.object().put("type", "string").put("format", "binary")
              : schema(shape);
      content.putObject(each.mediaType()).set("schema", schema);
    }
  }

  private static void responses(ObjectNode node, Operation operation) {
    var responses = node.putObject("responses");
    for (var answer : operation.answers()) {
      var response = responses.putObject(String.valueOf(answer.status()));
      response.put("description", answer.about());
      answer
          .mediaType()
          .ifPresent(type -> {
            var media = response.putObject("content").putObject(type);
            answer.shape().ifPresent(shape -> media.set("schema", schema(shape)));
          });
    }
    var otherwise = responses.putObject("default");
    otherwise.put("description", "an error");
    otherwise
        .putObject("content")
        .putObject("application/json")
        .set("schema", schema(ApiError.Body.class));
  }

  private static ObjectNode schema(Class<?> shape) {
    return Json.object().put("$ref", "#/components/schemas/" + name(shape));
  }

  private static String id(Operation operation) {
    var words = operation.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    return operation.verb().name().toLowerCase(Locale.ROOT) + "_" + words;
  }
}

package dev.millwright.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.http.Document.Declared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/// Writes `docs/reference/http.md` from the served document.
final class HttpReferencePage {
  private static final Map<String, String> GROUPS = groups();
  private static final Map<String, String> ACCESS =
      Map.of(
          "open", "Anybody may, even where tokens are asked for.",
          "look", "Whoever is let in may.",
          "submit", "Whoever is let in may; only operators may name the `key`.",
          "decide", "Only operators, and the tokens of deciders and admins, may.",
          "operate", "Only operators, and the tokens of admins, may.");

  private final Document document;
  private final StringBuilder page = new StringBuilder(HEAD);

  private HttpReferencePage(Document document) {
    this.document = document;
  }

  static String markdown(Document document) {
    var writer = new HttpReferencePage(document);
    GROUPS.forEach(writer::group);
    writer.schemas();
    return writer.page.toString();
  }

  private static Map<String, String> groups() {
    var groups = new LinkedHashMap<String, String>();
    groups.put("signals", "Bringing work");
    groups.put("items", "Looking at items");
    groups.put("decisions", "Deciding");
    groups.put("repos", "Work in and out");
    groups.put("line", "The line");
    groups.put("watch", "Watching live");
    groups.put("operate", "Operating");
    groups.put("dashboard", "The dashboard");
    return groups;
  }

  private void group(String tag, String title) {
    page.append("\n## ").append(title).append('\n');
    document.operations().stream()
        .filter(it -> it.node().at("/tags/0").asText().equals(tag))
        .forEach(this::operation);
  }

  private void operation(Declared operation) {
    var node = operation.node();
    page.append("\n### `").append(operation).append("`\n\n");
    page.append(node.path("summary").asText()).append(". ");
    if (node.has("description")) {
      page.append(node.path("description").asText()).append(' ');
    }
    var access = ACCESS.get(node.path("x-millwright-access").asText());
    page.append(Objects.requireNonNull(access)).append("\n");
    parameters(node.path("parameters"));
    node.path("requestBody")
        .path("content")
        .properties()
        .forEach(it -> {
          var shape = link(it.getValue());
          var of = shape.isEmpty() ? "" : ": " + shape;
          page.append("\nReads `%s`%s.\n".formatted(it.getKey(), of));
        });
    answers(node.path("responses"));
  }

  private void parameters(JsonNode parameters) {
    var rows = new ArrayList<String>();
    for (var one : parameters) {
      if (!one.path("in").asText().equals("path")) {
        rows.add(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    one.path("name").asText(),
                    one.path("in").asText(),
                    values(one.path("schema")),
                    one.path("description").asText()));
      }
    }
    table("| parameter | in | value | meaning |\n|---|---|---|---|\n", rows);
  }

  private void answers(JsonNode responses) {
    var rows = new ArrayList<String>();
    responses
        .properties()
        .forEach(it -> {
          if (!it.getKey().equals("default")) {
            var content = it.getValue().path("content").properties();
            var body =
                content.isEmpty()
                    ? ""
                    : content.stream()
                        .map(media -> "`%s` %s".formatted(media.getKey(), link(media.getValue())))
                        .reduce("", (a, b) -> a + b);
            rows.add(
                "| %s | %s | %s |\n"
                    .formatted(
                        it.getKey(), it.getValue().path("description").asText(), body.strip()));
          }
        });
    table("| status | when | body |\n|---|---|---|\n", rows);
  }

  private void table(String head, List<String> rows) {
    if (!rows.isEmpty()) {
      page.append('\n').append(head);
      rows.forEach(page::append);
    }
  }

  private static String link(JsonNode media) {
    var ref = media.path("schema").path("$ref").asText("");
    if (ref.isEmpty()) {
      return "";
    }
    var name = ref.substring(ref.lastIndexOf('/') + 1);
    return "[%s](#%s)".formatted(name, name.toLowerCase(java.util.Locale.ROOT));
  }

  private void schemas() {
    page.append("\n## Bodies\n\nA field in *italics* may be left out when sent, or be `null` when");
    page.append(" received.\n");
    document
        .root()
        .at("/components/schemas")
        .properties()
        .forEach(it -> {
          page.append("\n### ").append(it.getKey()).append("\n");
          var rows = new ArrayList<String>();
          fields(it.getValue(), "", rows);
          table("| field | value | meaning |\n|---|---|---|\n", rows);
        });
  }

  private static void fields(JsonNode schema, String path, List<String> rows) {
    var required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    schema
        .path("properties")
        .properties()
        .forEach(it -> {
          var name = path + it.getKey();
          var field = it.getValue();
          var open = !required.contains(it.getKey()) || nullable(field);
          rows.add(
              "| %s | %s | %s |\n"
                  .formatted(
                      open ? "*`" + name + "`*" : "`" + name + "`",
                      values(field),
                      field.path("description").asText()));
          var inner = object(field);
          fields(inner, name + (field.has("items") ? "[]." : "."), rows);
        });
  }

  /// The object inside a field that may be `null`, or a list of them.
  private static JsonNode object(JsonNode field) {
    for (var option : field.path("anyOf")) {
      if (option.has("properties")) {
        return option;
      }
    }
    return field.path("items").has("properties") ? field.path("items") : field;
  }

  private static boolean nullable(JsonNode field) {
    return field.has("anyOf") || field.path("type").toString().contains("null");
  }

  private static String values(JsonNode schema) {
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.path("enum").spliterator(), false)
          .filter(it -> !it.isNull())
          .map(it -> "`" + it.asText() + "`")
          .collect(java.util.stream.Collectors.joining(", "));
    }
    if (schema.has("anyOf")) {
      return values(schema.at("/anyOf/0"));
    }
    var type = schema.path("type").isArray() ? schema.at("/type/0") : schema.path("type");
    var word =
        switch (type.asText("any")) {
          case "array" -> "list of " + values(schema.path("items"));
          case "integer" -> "whole number";
          case "string" -> schema.path("format").asText().equals("date-time") ? "time" : "text";
          case "object" ->
              schema.path("additionalProperties").isObject()
                  ? "names with " + values(schema.path("additionalProperties"))
                  : "object";
          case "any" -> "any JSON";
          case String other -> other;
        };
    return word + limits(schema);
  }

  private static String limits(JsonNode schema) {
    for (var unit : List.of("Length", "Items", "Properties", "imum")) {
      var least = schema.path("min" + unit);
      var most = schema.path("max" + unit);
      if (!most.isMissingNode()) {
        return ", %s to %s%s"
            .formatted(
                least.asText("0"), most.asText(), unit.equals("Length") ? " characters" : "");
      }
    }
    return "";
  }

  private static final String HEAD =
      """
      # HTTP interface

      <!-- Made from the declared operations; RouteSetTest compares. -->

      JSON in UTF-8, snake_case, times as ISO 8601 in UTC. The same as OpenAPI 3.1 is at `/api/v1/openapi.json`.

      - **Who.** Without `server.tokens` the factory only listens on this machine, and whoever is on it operates it. With tokens, send one as
        `Authorization: Bearer …`, or as the password of `Basic`. What comes through a proxy to a factory without tokens may look and bring
        signals, not decide.
      - **Browsers.** A page of another origin can neither read nor change anything: there is no CORS, a `POST` with a foreign `Origin` or
        `Sec-Fetch-Site` is refused, and so is a host name the factory does not know (DNS rebinding).
      - **Limits.** A body has at most a mebibyte, 32 levels and 10 seconds; the first request of a connection has 20 seconds. Names given twice,
        unknown fields, unknown query parameters, NUL and half characters are refused.
      - **Errors** have one form, [Error](#error), whatever the route:

      ```json
      {"error": {"code": "invalid", "message": "`priority` must be 0 to 4, got 9", "field": "priority", "hint": "1 is the most urgent, 4 the least"}}
      ```

      | status | code | means |
      |---|---|---|
      | 400 | `malformed` | not HTTP, not JSON, not UTF-8, or not whole |
      | 401 | `no_token`, `bad_token` | the factory asks for a token |
      | 403 | `foreign_origin`, `unknown_host`, `not_an_operator`, `key_not_allowed`, `own_work` | understood, and not for you |
      | 404 | `not_found`, `no_such_item`, `no_such_file`, `artifact_gone` | nothing here |
      | 405 | `method_not_allowed` | `Allow` says what is |
      | 408 | `body_too_slow` | the body did not arrive in time |
      | 409 | `not_in_this_state`, `another_commit`, `stale_generation`, `key_belongs_to_another` | the item is elsewhere; look again |
      | 413 | `too_large` | more than a mebibyte |
      | 414, 431 | `uri_too_long`, `headers_too_large` | shorten it |
      | 415 | `unsupported_media_type` | say `Content-Type: application/json` |
      | 416 | `nothing_there` | the transcript is not that long yet |
      | 422 | `invalid` | understood but wrong: `field` says where, `hint` what would be right |
      | 500 | `internal` | a bug; `hint` has the incident's number in the log |
      | 501, 505 | `unknown_method`, `http_version` | HTTP/1.0 and 1.1, the usual methods |
      | 503 | `busy` | no room now; `Retry-After` says when, and nothing was kept |

      Codes are stable; messages are for people and may change. New fields may appear in answers.
      """;
}

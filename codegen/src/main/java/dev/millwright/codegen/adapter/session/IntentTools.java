package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.domain.IntentForm;
import dev.millwright.codegen.domain.IntentRules.Answer;
import dev.millwright.codegen.port.IntentDesk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An MCP server whose only tools are the intents: a line in, at most a line out.
///
/// Whatever comes in is answered or passed over; what an agent got wrong about a tool is a tool's
/// result, so that its model reads it.
final class IntentTools {
  /// What the server is called wherever an agent has to name it.
  static final String NAME = "millwright";

  private static final List<String> VERSIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
  private static final int NO_JSON = -32700;
  private static final int NO_REQUEST = -32600;
  private static final int NO_METHOD = -32601;
  private static final int WRONG_PARAMETERS = -32602;

  private final IntentDesk desk;

  IntentTools(IntentDesk desk) {
    this.desk = desk;
  }

  Optional<String> answer(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JacksonException e) {
      return Optional.of(error(null, NO_JSON, "this is no JSON"));
    }
    var id = message.path("id");
    var method = message.path("method");
    if (!message.isObject() || !method.isTextual() || !(id.isValueNode() || id.isMissingNode())) {
      return Optional.of(error(null, NO_REQUEST, "a message is one JSON-RPC object on one line"));
    }
    return id.isMissingNode()
        ? Optional.empty()
        : Optional.of(answer(id, method.asText(), message.path("params")));
  }

  static String tooLong(int most) {
    return error(null, NO_REQUEST, "a message has at most %d bytes".formatted(most));
  }

  private String answer(JsonNode id, String method, JsonNode params) {
    return switch (method) {
      case "initialize" -> result(id, hello(params.path("protocolVersion").asText()));
      case "ping" -> result(id, Peer.object());
      case "tools/list" -> result(id, tools());
      case "tools/call" -> call(id, params);
      default -> error(id, NO_METHOD, "Method not found: " + method);
    };
  }

  private static ObjectNode hello(String wanted) {
    var hello = Peer.object();
    hello.put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
    hello.putObject("capabilities").putObject("tools");
    hello.putObject("serverInfo").put("name", NAME).put("version", "0.1.0");
    return hello.put(
        "instructions",
        "What you want to happen outside your workspace, ask the factory for here.");
  }

  private static ObjectNode tools() {
    var all = Peer.object();
    var tools = all.putArray("tools");
    for (var form : IntentForm.ALL) {
      var tool = tools.addObject().put("name", form.wire()).put("description", form.about());
      tool.set("inputSchema", schema(form));
      // Claude hides other tools until they are searched for.
      tool.putObject("_meta").put("anthropic/alwaysLoad", true);
    }
    return all;
  }

  static ObjectNode schema(IntentForm form) {
    var schema = Peer.object().put("type", "object").put("additionalProperties", false);
    var properties = schema.putObject("properties");
    var required = schema.putArray("required");
    for (var field : form.fields()) {
      var property = properties.putObject(field.name()).put("type", "string");
      property.put("description", field.about());
      if (field.words().isEmpty()) {
        property.put("maxLength", field.most());
      } else {
        field.words().forEach(property.putArray("enum")::add);
      }
      if (field.required()) {
        required.add(field.name());
      }
    }
    return schema;
  }

  private String call(JsonNode id, JsonNode params) {
    var name = params.path("name");
    var fields = params.path("arguments");
    if (!name.isTextual() || !(fields.isObject() || fields.isMissingNode())) {
      return error(id, WRONG_PARAMETERS, "a call has a 'name' and an object of 'arguments'");
    }
    var answer =
        desk.take(
            name.asText(),
            fields.isObject() ? JSON.convertValue(fields, FIELDS) : Map.<String, Object>of());
    var result = Peer.object().put("isError", answer instanceof Answer.Refused);
    result.putArray("content").addObject().put("type", "text").put("text", answer.words());
    return result(id, result);
  }

  private static String result(JsonNode id, ObjectNode result) {
    return Peer.object()
        .put("jsonrpc", "2.0")
        .<ObjectNode>set("id", id)
        .set("result", result)
        .toString();
  }

  private static String error(@Nullable JsonNode id, int code, String message) {
    var error = Peer.object().put("code", code).put("message", message);
    return Peer.object()
        .put("jsonrpc", "2.0")
        .<ObjectNode>set("id", id)
        .set("error", error)
        .toString();
  }
}

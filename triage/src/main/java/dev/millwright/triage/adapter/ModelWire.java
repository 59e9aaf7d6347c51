package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/// One question to a model, on each of the wires the gateway speaks.
enum ModelWire {
  RESPONSES("openai-responses") {
    @Override
    String path(String model) {
      return "/v1/responses";
    }

    @Override
    void ask(ObjectNode body, String rules, String words) {
      body.put("instructions", rules).put("input", words).put("max_output_tokens", MOST_TOKENS);
      body.putObject("text").putObject("format").put("type", "json_object");
    }

    @Override
    JsonNode said(JsonNode answer) {
      for (var part : answer.path("output")) {
        if (part.path("type").asText().equals("message")) {
          return part.path("content").path(0).path("text");
        }
      }
      return answer.path("output_text");
    }
  },
  CHAT("openai-chat") {
    @Override
    String path(String model) {
      return "/v1/chat/completions";
    }

    @Override
    void ask(ObjectNode body, String rules, String words) {
      body.put("max_tokens", MOST_TOKENS);
      body.putObject("response_format").put("type", "json_object");
      var messages = body.putArray("messages");
      messages.addObject().put("role", "system").put("content", rules);
      messages.addObject().put("role", "user").put("content", words);
    }

    @Override
    JsonNode said(JsonNode answer) {
      return answer.path("choices").path(0).path("message").path("content");
    }
  },
  MESSAGES("anthropic-messages") {
    @Override
    String path(String model) {
      return "/v1/messages";
    }

    @Override
    void ask(ObjectNode body, String rules, String words) {
      body.put("max_tokens", MOST_TOKENS).put("system", rules);
      body.putArray("messages").addObject().put("role", "user").put("content", words);
    }

    @Override
    JsonNode said(JsonNode answer) {
      return answer.path("content").path(0).path("text");
    }
  },
  GEMINI("gemini") {
    @Override
    String path(String model) {
      return "/v1beta/models/" + model + ":generateContent";
    }

    @Override
    void ask(ObjectNode body, String rules, String words) {
      body.remove("model");
      body.putObject("systemInstruction").putArray("parts").addObject().put("text", rules);
      var said = body.putArray("contents").addObject().put("role", "user");
      said.putArray("parts").addObject().put("text", words);
      body.putObject("generationConfig")
          .put("responseMimeType", "application/json")
          .put("maxOutputTokens", MOST_TOKENS);
    }

    @Override
    JsonNode said(JsonNode answer) {
      return answer.path("candidates").path(0).path("content").path("parts").path(0).path("text");
    }
  };

  private static final int MOST_TOKENS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String setting;

  ModelWire(String setting) {
    this.setting = setting;
  }

  static Optional<ModelWire> named(String setting) {
    return Arrays.stream(values()).filter(wire -> wire.setting.equals(setting)).findFirst();
  }

  abstract String path(String model);

  abstract void ask(ObjectNode body, String rules, String words);

  /// The text of an answer; no text where there is none.
  abstract JsonNode said(JsonNode answer);

  String body(String model, String rules, String words) {
    var body = JSON.createObjectNode().put("model", model);
    ask(body, rules, words);
    return body.toString();
  }
}

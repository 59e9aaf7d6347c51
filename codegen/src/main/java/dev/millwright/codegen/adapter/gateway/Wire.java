package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/// How a model is spoken to over HTTP.
public enum Wire {
  /// OpenAI's Responses.
  RESPONSES("openai-responses", "/v1/responses", "Authorization") {
    @Override
    Tokens tokens(JsonNode said, Tokens known) {
      var usage = said.path("response").path("usage");
      usage = usage.isObject() ? usage : said.path("usage");
      return usage.isObject()
          ? new Tokens(
              usage.path("input_tokens").asLong(),
              usage.path("input_tokens_details").path("cached_tokens").asLong(),
              usage.path("output_tokens").asLong())
          : known;
    }

    @Override
    boolean ends(JsonNode said) {
      return switch (said.path("type").asText()) {
        case "response.completed", "response.incomplete" -> true;
        default -> said.path("object").asText().equals("response");
      };
    }
  },
  /// OpenAI's Chat Completions, which most others imitate.
  CHAT("openai-chat", "/v1/chat/completions", "Authorization") {
    @Override
    Tokens tokens(JsonNode said, Tokens known) {
      var usage = said.path("usage");
      return usage.isObject()
          ? new Tokens(
              usage.path("prompt_tokens").asLong(),
              usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
              usage.path("completion_tokens").asLong())
          : known;
    }

    @Override
    boolean ends(JsonNode said) {
      return said.path("choices").path(0).hasNonNull("finish_reason");
    }
  },
  /// Anthropic's Messages.
  MESSAGES("anthropic-messages", "/v1/messages", "x-api-key") {
    @Override
    Tokens tokens(JsonNode said, Tokens known) {
      var start = said.path("message").path("usage");
      var usage = start.isObject() ? start : said.path("usage");
      if (!usage.isObject()) {
        return known;
      }
      var cached = usage.path("cache_read_input_tokens").asLong();
      var input =
          usage.path("input_tokens").asLong()
              + cached
              + usage.path("cache_creation_input_tokens").asLong();
      // The output's count grows from event to event; a later event may leave the input out.
      return new Tokens(
          Math.max(input, known.input()),
          Math.max(cached, known.cached()),
          usage.path("output_tokens").asLong());
    }

    @Override
    boolean ends(JsonNode said) {
      return switch (said.path("type").asText()) {
        case "message_stop", "message" -> true;
        default -> false;
      };
    }
  },
  /// Google's generateContent.
  GEMINI("gemini", "/v1beta/models/", "x-goog-api-key") {
    @Override
    Tokens tokens(JsonNode said, Tokens known) {
      var usage = said.path("usageMetadata");
      return usage.isObject()
          ? new Tokens(
              usage.path("promptTokenCount").asLong(),
              usage.path("cachedContentTokenCount").asLong(),
              usage.path("candidatesTokenCount").asLong()
                  + usage.path("thoughtsTokenCount").asLong())
          : known;
    }

    @Override
    boolean ends(JsonNode said) {
      return said.path("candidates").path(0).hasNonNull("finishReason");
    }
  };

  private final String setting;
  private final String path;
  private final String keyHeader;

  Wire(String setting, String path, String keyHeader) {
    this.setting = setting;
    this.path = path;
    this.keyHeader = keyHeader;
  }

  /// Tokens of one exchange.
  ///
  /// @param cached the part of the input that the provider had in its cache
  record Tokens(long input, long cached, long output) {
    static final Tokens NONE = new Tokens(0, 0, 0);

    long all() {
      return input + output;
    }
  }

  /// By its name in the settings, such as `openai-responses`.
  public static Optional<Wire> named(String setting) {
    return Arrays.stream(values()).filter(wire -> wire.setting.equals(setting)).findFirst();
  }

  /// By the path a client asks for.
  static Optional<Wire> at(String path) {
    return Arrays.stream(values()).filter(wire -> path.startsWith(wire.path)).findFirst();
  }

  String keyHeader() {
    return keyHeader;
  }

  String keyValue(String key) {
    return keyHeader.equals("Authorization") ? "Bearer " + key : key;
  }

  /// What a whole answer or one event of a stream adds to the count.
  abstract Tokens tokens(JsonNode said, Tokens known);

  /// Whether it is a whole answer, or the event that says the answer is whole.
  abstract boolean ends(JsonNode said);

  /// A refusal in the shape the provider's own clients understand, one they do not try again.
  ObjectNode refusal(String message) {
    var body = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case MESSAGES ->
          body.put("type", "error")
              .putObject("error")
              .put("type", "invalid_request_error")
              .put("message", message);
      case GEMINI ->
          body.putObject("error")
              .put("code", 403)
              .put("status", "PERMISSION_DENIED")
              .put("message", message);
      case RESPONSES, CHAT ->
          body.putObject("error")
              .put("type", "invalid_request_error")
              .put("code", "millwright_refused")
              .put("message", message);
    }
    return body;
  }
}

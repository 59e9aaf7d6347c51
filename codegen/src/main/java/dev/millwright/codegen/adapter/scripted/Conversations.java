package dev.millwright.codegen.adapter.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what an agent sent to a model, in each provider's shape.
final class Conversations {
  private Conversations() {}

  /// @param lastPrompt the newest words of the person
  /// @param answers how many tools' results came after them
  /// @param shell the tool that runs commands: its `name` and `schema`
  /// @param tools the names of all tools
  record Conversation(
      String lastPrompt, int answers, @Nullable JsonNode shell, List<String> tools) {}

  private static final class Reading {
    private String prompt = "";
    private int answers;
    private final List<String> tools = new ArrayList<>();
    private @Nullable JsonNode shell;

    void prompt(String text) {
      if (text.contains("DO: ") || text.contains("USE: ") || text.contains("CALL: ")) {
        prompt = text;
        answers = 0;
      }
    }

    /// Claude tells its model what a person said during a turn beside a tool's result.
    void meanwhile(String result) {
      if (result.contains("new message while you were working")) {
        prompt(result);
      }
    }

    void result() {
      answers++;
    }

    void tool(String name, JsonNode schema) {
      tools.add(name);
      var lower = name.toLowerCase(Locale.ROOT);
      var runs = lower.equals("bash") || lower.contains("shell") || lower.equals("exec_command");
      if (runs && (shell == null || !lower.contains("output"))) {
        var found = JsonNodeFactory.instance.objectNode().put("name", name);
        found.set("schema", schema);
        shell = shell == null ? found : shell;
      }
    }

    Conversation done() {
      return new Conversation(prompt, answers, shell, tools);
    }
  }

  static Conversation responses(JsonNode body) {
    var reading = new Reading();
    body.path("tools")
        .forEach(tool -> {
          var name = tool.path("name").asText();
          reading.tool(name, tool.path("parameters"));
          tool.path("tools")
              .forEach(inner -> reading.tools.add(name + "__" + inner.path("name").asText()));
        });
    body.path("input")
        .forEach(item -> {
          var type = item.path("type").asText("message");
          if (type.endsWith("_output")) {
            reading.result();
          } else if (item.path("role").asText().equals("user")) {
            item.path("content").forEach(part -> reading.prompt(part.path("text").asText()));
          }
        });
    return reading.done();
  }

  static Conversation messages(JsonNode body) {
    var reading = new Reading();
    body.path("tools")
        .forEach(tool -> reading.tool(tool.path("name").asText(), tool.path("input_schema")));
    body.path("messages")
        .forEach(message -> {
          if (!message.path("role").asText().equals("user")) {
            return;
          }
          var content = message.path("content");
          if (content.isTextual()) {
            reading.prompt(content.asText());
          }
          content.forEach(part -> {
            if (part.path("type").asText().equals("tool_result")) {
              reading.result();
              reading.meanwhile(part.path("content").asText());
            } else {
              reading.prompt(part.path("text").asText());
            }
          });
        });
    return reading.done();
  }

  static Conversation chat(JsonNode body) {
    var reading = new Reading();
    body.path("tools")
        .forEach(tool ->
            reading.tool(
                tool.path("function").path("name").asText(),
                tool.path("function").path("parameters")));
    body.path("messages")
        .forEach(message -> {
          switch (message.path("role").asText()) {
            case "tool" -> reading.result();
            case "user" -> {
              var content = message.path("content");
              if (content.isTextual()) {
                reading.prompt(content.asText());
              }
              content.forEach(part -> reading.prompt(part.path("text").asText()));
            }
            default -> {}
          }
        });
    return reading.done();
  }

  static Conversation gemini(JsonNode body) {
    var reading = new Reading();
    body.path("tools")
        .forEach(tools ->
            tools
                .path("functionDeclarations")
                .forEach(tool ->
                    reading.tool(
                        tool.path("name").asText(),
                        tool.has("parametersJsonSchema")
                            ? tool.path("parametersJsonSchema")
                            : tool.path("parameters"))));
    body.path("contents")
        .forEach(content -> {
          if (content.path("role").asText().equals("user")) {
            content
                .path("parts")
                .forEach(part -> {
                  if (part.has("functionResponse")) {
                    reading.result();
                  } else {
                    reading.prompt(part.path("text").asText());
                  }
                });
          }
        });
    return reading.done();
  }
}

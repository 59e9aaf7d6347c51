package dev.millwright.codegen.adapter.scripted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes a model's reply in each provider's shape, whole or as a stream.
final class Replies {
  private Replies() {}

  /// A tool call.
  record Call(String tool, ObjectNode arguments) {}

  static String of(String path, @Nullable Call call, String words, boolean streamed) {
    var id = UUID.randomUUID().toString().replace("-", "");
    if (path.contains("/responses")) {
      return responses(id, call, words, streamed);
    }
    if (path.contains("/messages")) {
      return messages(id, call, words, streamed);
    }
    return path.contains("/chat/")
        ? chat(id, call, words, streamed)
        : gemini(call, words, streamed);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String events(List<ObjectNode> events, boolean named) {
    var text = new StringBuilder();
    for (var event : events) {
      if (named) {
        text.append("event: ").append(event.path("type").asText()).append('\n');
      }
      text.append("data: ").append(event).append("\n\n");
    }
    return text.toString();
  }

  private static String responses(String id, @Nullable Call call, String words, boolean streamed) {
    var item = object();
    if (call != null) {
      item.put("type", "function_call").put("id", "fc_" + id).put("call_id", "call_" + id);
      // A tool in a namespace, as Codex names those of an MCP server.
      var space = call.tool().lastIndexOf("__");
      if (space > 0) {
        item.put("namespace", call.tool().substring(0, space));
      }
      item.put("name", call.tool().substring(space < 0 ? 0 : space + 2));
      item.put("arguments", call.arguments().toString());
    } else {
      item.put("type", "message").put("id", "msg_" + id).put("role", "assistant");
      item.putArray("content").addObject().put("type", "output_text").put("text", words);
    }
    var response = object().put("id", "resp_" + id).put("object", "response");
    response.put("status", "completed");
    response.putArray("output").add(item);
    var usage = response.putObject("usage");
    usage.put("input_tokens", ScriptedModel.INPUT).put("output_tokens", ScriptedModel.OUTPUT);
    usage.put("total_tokens", ScriptedModel.INPUT + ScriptedModel.OUTPUT);
    usage.putObject("input_tokens_details").put("cached_tokens", ScriptedModel.CACHED);
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    if (!streamed) {
      return response.toString();
    }
    var created = object().put("type", "response.created");
    created.putObject("response").put("id", "resp_" + id);
    var added = object().put("type", "response.output_item.added").put("output_index", 0);
    added.set("item", item);
    var done = object().put("type", "response.output_item.done").put("output_index", 0);
    done.set("item", item);
    var completed = object().put("type", "response.completed");
    completed.set("response", response);
    return events(List.of(created, added, done, completed), true);
  }

  private static String messages(String id, @Nullable Call call, String words, boolean streamed) {
    var block = object();
    if (call != null) {
      block.put("type", "tool_use").put("id", "toolu_" + id).put("name", call.tool());
      block.set("input", call.arguments());
    } else {
      block.put("type", "text").put("text", words);
    }
    var stop = call == null ? "end_turn" : "tool_use";
    var message = object().put("id", "msg_" + id).put("type", "message").put("role", "assistant");
    message.put("model", "scripted");
    if (!streamed) {
      message.putArray("content").add(block);
      message.put("stop_reason", stop);
      fresh(message.putObject("usage")).put("output_tokens", ScriptedModel.OUTPUT);
      return message.toString();
    }
    message.putArray("content");
    message.putNull("stop_reason");
    fresh(message.putObject("usage")).put("output_tokens", 1);
    var start = object().put("type", "message_start");
    start.set("message", message);
    var open = object().put("type", "content_block_start").put("index", 0);
    var delta = object().put("type", "content_block_delta").put("index", 0);
    if (call != null) {
      open.set("content_block", block.deepCopy().set("input", object()));
      delta
          .putObject("delta")
          .put("type", "input_json_delta")
          .put("partial_json", call.arguments().toString());
    } else {
      open.set("content_block", object().put("type", "text").put("text", ""));
      delta.putObject("delta").put("type", "text_delta").put("text", words);
    }
    var close = object().put("type", "content_block_stop").put("index", 0);
    var end = object().put("type", "message_delta");
    end.putObject("delta").put("stop_reason", stop);
    end.putObject("usage").put("output_tokens", ScriptedModel.OUTPUT);
    var over = object().put("type", "message_stop");
    return events(List.of(start, open, delta, close, end, over), true);
  }

  /// This provider counts what came from its cache beside the input, the others within it.
  private static ObjectNode fresh(ObjectNode usage) {
    return usage
        .put("input_tokens", ScriptedModel.INPUT - ScriptedModel.CACHED)
        .put("cache_read_input_tokens", ScriptedModel.CACHED);
  }

  private static String chat(String id, @Nullable Call call, String words, boolean streamed) {
    var said = object().put("role", "assistant");
    if (call != null) {
      var tool = said.putArray("tool_calls").addObject();
      tool.put("index", 0).put("id", "call_" + id).put("type", "function");
      tool.putObject("function")
          .put("name", call.tool())
          .put("arguments", call.arguments().toString());
    } else {
      said.put("content", words);
    }
    var finish = call == null ? "stop" : "tool_calls";
    var usage = object();
    usage.put("prompt_tokens", ScriptedModel.INPUT).put("completion_tokens", ScriptedModel.OUTPUT);
    usage.put("total_tokens", ScriptedModel.INPUT + ScriptedModel.OUTPUT);
    usage.putObject("prompt_tokens_details").put("cached_tokens", ScriptedModel.CACHED);
    if (!streamed) {
      var whole = object().put("id", id).put("object", "chat.completion").put("model", "scripted");
      var choice = whole.putArray("choices").addObject().put("index", 0);
      choice.set("message", said);
      choice.put("finish_reason", finish);
      whole.set("usage", usage);
      return whole.toString();
    }
    var first = chunk(id);
    first.putArray("choices").addObject().put("index", 0).set("delta", said);
    var last = chunk(id);
    var choice = last.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.put("finish_reason", finish);
    var counted = chunk(id);
    counted.putArray("choices");
    counted.set("usage", usage);
    return events(new ArrayList<>(List.of(first, last, counted)), false) + "data: [DONE]\n\n";
  }

  private static ObjectNode chunk(String id) {
    return object().put("id", id).put("object", "chat.completion.chunk").put("model", "scripted");
  }

  private static String gemini(@Nullable Call call, String words, boolean streamed) {
    var reply = object();
    var candidate = reply.putArray("candidates").addObject().put("index", 0);
    var part = candidate.putObject("content").put("role", "model").putArray("parts").addObject();
    if (call != null) {
      var function = part.putObject("functionCall").put("name", call.tool());
      function.set("args", call.arguments());
    } else {
      part.put("text", words);
    }
    candidate.put("finishReason", "STOP");
    reply
        .putObject("usageMetadata")
        .put("promptTokenCount", ScriptedModel.INPUT)
        .put("cachedContentTokenCount", ScriptedModel.CACHED)
        .put("candidatesTokenCount", ScriptedModel.OUTPUT)
        .put("totalTokenCount", ScriptedModel.INPUT + ScriptedModel.OUTPUT);
    return streamed ? "data: " + reply + "\n\n" : reply.toString();
  }
}

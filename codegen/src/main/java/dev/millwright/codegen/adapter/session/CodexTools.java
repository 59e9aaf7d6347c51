package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.domain.IntentForm;
import dev.millwright.codegen.domain.IntentRules.Answer;
import dev.millwright.codegen.port.IntentDesk;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The intents as tools that Codex itself offers to its model. Whatever is called is answered; a
/// call that makes no sense fails in words the model can work with.
final class CodexTools implements AutoCloseable {
  private static final int MOST_CALLS = 8;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final IntentDesk desk;
  private final Semaphore room = new Semaphore(MOST_CALLS);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tools-", 0).factory());

  CodexTools(IntentDesk desk) {
    this.desk = desk;
  }

  /// What a thread is told when it is started.
  static ArrayNode declared() {
    var tools = JSON.createArrayNode();
    for (var form : IntentForm.ALL) {
      tools
          .addObject()
          .put("type", "function")
          .put("name", form.wire())
          .put("description", form.about())
          .set("inputSchema", IntentTools.schema(form));
    }
    return tools;
  }

  /// Answers from a thread of its own: carrying out an intent may take a while.
  ///
  /// @return whether it will be answered
  boolean take(JsonNode params, Consumer<JsonNode> answer) {
    if (threads.isShutdown()) {
      return false;
    }
    if (!room.tryAcquire()) {
      answer.accept(result(new Answer.Refused("Too many calls at once: make them in turn.")));
      return true;
    }
    threads.execute(() -> {
      try {
        answer.accept(result(carriedOut(params)));
      } finally {
        room.release();
      }
    });
    return true;
  }

  private Answer carriedOut(JsonNode params) {
    var name = params.path("tool").asText(params.path("name").asText(""));
    var fields = params.path("arguments");
    return fields.isObject()
        ? desk.take(name, JSON.convertValue(fields, FIELDS))
        : desk.take(name, Map.<String, Object>of());
  }

  private static ObjectNode result(Answer answer) {
    var result =
        Peer.object()
            .put("success", answer instanceof Answer.Accepted)
            .put("output", answer.words());
    result
        .putArray("contentItems")
        .addObject()
        .put("type", "inputText")
        .put("text", answer.words());
    return result;
  }

  /// When this returns, no intent is being carried out.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}

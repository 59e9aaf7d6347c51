package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.domain.Permissions.Wish;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/// What Codex asks of its client. It is told to ask for nothing, as our sandbox stands around it;
/// what it asks all the same is answered at once.
///
/// @param say says something in the middle of the turn
/// @param stop ends the turn
record CodexRequests(Clerk clerk, Consumer<String> say, Runnable stop) {
  /// Empty where there is no such request.
  Optional<JsonNode> answer(String method, JsonNode params) {
    return switch (method) {
      case "item/commandExecution/requestApproval" -> Optional.of(decided(command(params)));
      case "item/fileChange/requestApproval" -> Optional.of(decided(files(params)));
      case "item/permissions/requestApproval" -> {
        refused(new Wish.More("more permissions: " + params.path("permissions")));
        var answer = Peer.object().put("scope", "turn");
        answer.putObject("permissions");
        yield Optional.of(answer);
      }
      case "item/tool/requestUserInput" -> {
        var questions = new StringJoiner("\n");
        params.path("questions").forEach(asked -> questions.add(Clerk.question(asked)));
        asks(questions.toString());
        var answer = Peer.object();
        answer.putObject("answers");
        yield Optional.of(answer);
      }
      case "mcpServer/elicitation/request" -> Optional.of(elicited(params));
      default -> Optional.empty();
    };
  }

  private static Wish command(JsonNode params) {
    var line = params.path("command").asText("");
    var host = params.path("networkApprovalContext");
    if (host.isObject()) {
      return new Wish.Network(host.path("host").asText("the network"));
    }
    return params.path("additionalPermissions").isObject()
        ? new Wish.More("run with more permissions: " + line)
        : new Wish.Use(line);
  }

  private static Wish files(JsonNode params) {
    var root = params.path("grantRoot").asText("");
    return root.isEmpty() ? new Wish.Use("change files") : new Wish.Edit(root);
  }

  private JsonNode decided(Wish wish) {
    return Peer.object().put("decision", refused(wish) ? "decline" : "accept");
  }

  /// A refusal has no room for words, so they are said in the turn.
  private boolean refused(Wish wish) {
    var refusal = clerk.refusal(wish);
    refusal.ifPresent(say);
    return refusal.isPresent();
  }

  /// Leave for a tool of a server that the factory itself named is given; anything else is a
  /// question for a person.
  private JsonNode elicited(JsonNode params) {
    var tool = params.path("_meta").path("codex_approval_kind").asText().equals("mcp_tool_call");
    if (!tool) {
      asks(params.path("message").asText("asked for something to be filled in"));
    }
    var answer = Peer.object().put("action", tool ? "accept" : "cancel");
    answer.putObject("content");
    return answer;
  }

  private void asks(String question) {
    clerk.asks(question);
    stop.run();
  }
}

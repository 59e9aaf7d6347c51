package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.domain.Permissions.Wish;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What Codex asks of its client. It is told to ask for nothing, as our sandbox stands around it;
/// what it asks all the same is answered at once.
///
/// @param say says something in the middle of the turn
/// @param stop ends the turn
record CodexRequests(Clerk clerk, Consumer<String> say, Runnable stop) {
  private static final String LEAVE = "mcp_tool_call_approval_";

  /// Empty where there is no such request.
  Optional<JsonNode> answer(String method, JsonNode params) {
    return switch (method) {
      case "item/commandExecution/requestApproval" -> Optional.of(decided(command(params)));
      case "item/fileChange/requestApproval" -> Optional.of(decided(files(params)));
      case "execCommandApproval", "applyPatchApproval" -> Optional.of(decidedOfOld(method, params));
      case "item/permissions/requestApproval" -> {
        refused(new Wish.More("more permissions: " + params.path("permissions")));
        var answer = Peer.object().put("scope", "turn");
        answer.putObject("permissions");
        yield Optional.of(answer);
      }
      case "item/tool/requestUserInput" ->
          Optional.of(isLeaveForTool(params) ? leave(params) : asked(params));
      case "mcpServer/elicitation/request" -> Optional.of(elicited(params));
      default -> Optional.empty();
    };
  }

  private JsonNode asked(JsonNode params) {
    var questions = new StringJoiner("\n");
    params.path("questions").forEach(asked -> questions.add(Clerk.question(asked)));
    asks(questions.toString());
    var answer = Peer.object();
    answer.putObject("answers");
    return answer;
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
    return Peer.object().put("decision", refused(wish) ? "decline" : "acceptForSession");
  }

  /// What versions before 2 of the protocol call the same.
  private JsonNode decidedOfOld(String method, JsonNode params) {
    var command = new StringJoiner(" ");
    params.path("command").forEach(word -> command.add(word.asText()));
    var wish = method.equals("execCommandApproval") ? new Wish.Use("" + command) : files(params);
    return Peer.object().put("decision", refused(wish) ? "denied" : "approved_for_session");
  }

  /// Codex asks in this way, too, before it calls a tool of a server that the factory itself named.
  private static boolean isLeaveForTool(JsonNode params) {
    var questions = params.path("questions");
    return !questions.isEmpty()
        && StreamSupport.stream(questions.spliterator(), false)
            .allMatch(asked -> asked.path("id").asText().startsWith(LEAVE));
  }

  private static JsonNode leave(JsonNode params) {
    var answer = Peer.object();
    var answers = answer.putObject("answers");
    params
        .path("questions")
        .forEach(asked ->
            answers
                .putObject(asked.path("id").asText())
                .putArray("answers")
                .add(yes(asked.path("options"))));
    return answer;
  }

  private static String yes(JsonNode options) {
    var labels =
        StreamSupport.stream(options.spliterator(), false)
            .map(option -> option.path("label").asText())
            .toList();
    return Stream.of("Approve this Session", "Approve Once")
        .filter(labels::contains)
        .findFirst()
        .or(() ->
            labels.stream()
                .filter(label -> label.toLowerCase(Locale.ROOT).matches("(approve|allow).*"))
                .findFirst())
        .orElse("Approve Once");
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

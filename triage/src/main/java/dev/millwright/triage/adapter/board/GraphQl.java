package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.port.Board.Fault.Category;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Asks a provider in GraphQL, where what went wrong stands inside an answer that looks like a
/// success.
final class GraphQl {
  private final BoardClient client;
  private final String[] path;

  GraphQl(BoardClient client, String... path) {
    this.client = client;
    this.path = path.clone();
  }

  JsonNode query(String document, Map<String, ?> variables) throws BoardException {
    return data(Ask.reading(Map.of("query", document, "variables", variables), path));
  }

  JsonNode mutation(String document, Map<String, ?> variables) throws BoardException {
    var body = Map.of("query", document, "variables", variables);
    return data(Ask.write("POST", body, path));
  }

  private JsonNode data(Ask ask) throws BoardException {
    var reply = client.send(ask);
    var answer = client.json(reply);
    var errors = StreamSupport.stream(answer.path("errors").spliterator(), false).toList();
    if (errors.stream().anyMatch(GraphQl::isLimit)) {
      throw client.limited(reply);
    }
    if (!errors.isEmpty()) {
      throw client.failed(Category.RESPONSE, "graphql_errors", messages(errors), null);
    }
    if (!answer.path("data").isObject()) {
      throw client.failed(Category.RESPONSE, "unknown_payload", "the answer has no data", null);
    }
    return answer.path("data");
  }

  private static boolean isLimit(JsonNode error) {
    var code = error.path("extensions").path("code").asText();
    return code.equals("RATELIMITED") || error.path("type").asText().equals("RATE_LIMITED");
  }

  private static String messages(List<JsonNode> errors) {
    return errors.stream()
        .limit(3)
        .map(it -> it.path("message").asText("an error without a message"))
        .collect(Collectors.joining("; "));
  }
}

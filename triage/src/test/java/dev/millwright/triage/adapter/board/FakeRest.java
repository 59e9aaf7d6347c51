package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A provider that speaks JSON, and notes whatever was asked or answered otherwise than its
/// description says.
abstract class FakeRest extends FakeTracker {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final List<String> mistakes = new CopyOnWriteArrayList<>();
  private final List<Description> descriptions;

  /// A test made it answer what no provider would.
  volatile boolean mayBeOdd;

  FakeRest(Description... descriptions) {
    this.descriptions = List.of(descriptions);
  }

  /// One request.
  ///
  /// @param segments of its path, decoded
  record Request(
      Asked asked,
      List<String> segments,
      Map<String, List<String>> query,
      @Nullable JsonNode body) {
    String first(String name, String otherwise) {
      var values = query.getOrDefault(name, List.of());
      return values.isEmpty() ? otherwise : values.getFirst();
    }

    int number(String name, int otherwise) {
      return Integer.parseInt(first(name, String.valueOf(otherwise)));
    }

    JsonNode sent() {
      return body == null ? object() : body;
    }
  }

  /// One answer.
  record Response(int status, @Nullable JsonNode body, Map<String, String> headers) {
    static Response of(int status, @Nullable JsonNode body) {
      return new Response(status, body, Map.of());
    }

    static Response fault(int status, String message) {
      return of(status, object().put("message", message));
    }
  }

  /// Called for one request after the other.
  abstract Response answer(Request request);

  @Override
  synchronized Said answer(Asked asked) {
    try {
      var request = read(asked);
      var response = answer(request);
      compare(request, response);
      var body = response.body() == null ? "" : MAPPER.writeValueAsString(response.body());
      return new Said(response.status(), response.headers(), body);
    } catch (IOException | RuntimeException e) {
      mistakes.add("the fake failed at " + asked.method() + " " + asked.path() + ": " + e);
      return Said.of(500, "{}");
    }
  }

  private void compare(Request request, Response response) {
    var exchanged =
        new Description.Exchanged(
            request.asked().method(),
            request.asked().path(),
            request.query(),
            request.body(),
            response.status(),
            response.body());
    var wrong = descriptions.stream().map(it -> it.mistakes(exchanged)).toList();
    if (!mayBeOdd && wrong.stream().noneMatch(List::isEmpty)) {
      wrong.forEach(mistakes::addAll);
    }
  }

  private static Request read(Asked asked) throws IOException {
    var segments =
        Arrays.stream(asked.path().substring(1).split("/")).map(FakeRest::decoded).toList();
    var query = new LinkedHashMap<String, List<String>>();
    if (!asked.query().isEmpty()) {
      for (var part : asked.query().split("&")) {
        var pair = part.split("=", 2);
        query
            .computeIfAbsent(decoded(pair[0]), _ -> new ArrayList<>())
            .add(pair.length == 2 ? decoded(pair[1]) : "");
      }
    }
    var body = asked.body().isEmpty() ? null : MAPPER.readTree(asked.body());
    return new Request(asked, segments, query, body);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// What is surely there.
  static <K, V> V in(Map<K, V> all, K key) {
    return Objects.requireNonNull(all.get(key), () -> "there is no " + key);
  }

  static ObjectNode object() {
    return JSON.objectNode();
  }

  static ArrayNode array(Iterable<? extends JsonNode> nodes) {
    var array = JSON.arrayNode();
    nodes.forEach(array::add);
    return array;
  }
}

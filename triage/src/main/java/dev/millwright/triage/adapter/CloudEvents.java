package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.signal.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a CloudEvents 1.0 event, structured or binary, as a signal's body.
///
/// What the payload calls `title`, `body`, `kind`, `labels`, `priority`, `repo`, `agent`, `key`,
/// `link` and `author` is taken as such; the whole payload also becomes facts. An event without a
/// key is named by its source and id, which is what makes it unique.
final class CloudEvents {
  static final String STRUCTURED = "application/cloudevents+json";

  private static final List<String> ATTRIBUTES =
      List.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema");
  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,40}");

  private CloudEvents() {}

  static boolean isStructured(Call call) {
    return call.mediaType().toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
  }

  static boolean isBinary(Call call) {
    return call.header("ce-specversion").isPresent();
  }

  static SignalBody structured(Call call) {
    var envelope = call.json();
    if (envelope instanceof ObjectNode object) {
      if (object.has("data_base64")) {
        throw ApiError.invalid("data_base64", "binary payloads are not read, send JSON as `data`")
            .exception();
      }
      for (var name : List.copyOf(names(object))) {
        if (!ATTRIBUTES.contains(name)
            && !name.equals("data")
            && EXTENSION.matcher(name).matches()
            && object.path(name).isValueNode()) {
          object.remove(name);
        }
      }
    }
    return signal(Json.read(envelope, CloudEventBody.class));
  }

  static SignalBody binary(Call call) {
    var envelope = Json.object();
    for (var name : ATTRIBUTES) {
      call.header("ce-" + name).ifPresent(value -> envelope.put(name, decoded(name, value)));
    }
    if (call.body().length > 0) {
      envelope.set("data", call.json());
    }
    return signal(Json.read(envelope, CloudEventBody.class));
  }

  private static SignalBody signal(CloudEventBody event) {
    var data = event.data() == null ? Json.object() : event.data();
    var title =
        text(data, "title")
            .or(() -> Optional.ofNullable(event.subject()))
            .filter(it -> !it.isBlank())
            .orElse(event.type());
    return new SignalBody(
        Excerpt.of(title, Request.MOST_TITLE_CHARACTERS),
        text(data, "body").map(it -> Excerpt.of(it, SignalBody.MOST_BODY_CHARACTERS)).orElse(null),
        text(data, "kind").map(it -> Excerpt.of(it, 64)).orElse(null),
        labels(data.path("labels")),
        data.path("priority").isInt() ? within(data.path("priority").intValue()) : null,
        text(data, "repo").map(it -> Excerpt.of(it, 200)).orElse(null),
        text(data, "agent").map(it -> Excerpt.of(it, 100)).orElse(null),
        text(data, "key").orElse("cloudevent:" + event.source() + "#" + event.id()),
        event.source(),
        text(data, "link").orElse(null),
        Map.copyOf(Facts.of(data)),
        text(data, "author").map(it -> Excerpt.of(it, 100)).orElse(null));
  }

  private static Integer within(int priority) {
    return priority < 0 || priority > 4 ? 0 : priority;
  }

  private static List<String> labels(JsonNode labels) {
    return labels.properties().isEmpty()
        ? labels
            .valueStream()
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .limit(50)
            .toList()
        : List.of();
  }

  private static Optional<String> text(JsonNode data, String name) {
    return Optional.of(data.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(it -> !it.isBlank());
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  /// A header's value, in which what is not plain ASCII is written as percent-encoded UTF-8.
  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("ce-" + name, "`ce-" + name + "` is not percent-encoded UTF-8")
          .hint("write a percent sign itself as %25")
          .exception();
    }
  }
}

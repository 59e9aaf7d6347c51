package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the gateway must know of a request, found by one look over its bytes: prompts are long, and
/// nothing else of them is taken apart or written anew.
///
/// @param output the most tokens it asks for
/// @param names where the model's name stands; more than once where somebody would be clever
record Outline(long output, List<Span> names) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long USUAL_OUTPUT = 4_096;

  /// More than any model writes, and so little that no sum of it can wrap around.
  private static final long MOST_OUTPUT = 10_000_000;

  private static final Set<String> LIMITS =
      Set.of("max_output_tokens", "max_completion_tokens", "max_tokens");

  /// Where Gemini's limit stands. Google takes either spelling.
  private static final Set<String> CONFIGS = Set.of("generationConfig", "generation_config");

  private static final Set<String> LIMITS_IN_CONFIG =
      Set.of("maxOutputTokens", "max_output_tokens");

  /// Bytes of the body, quotes included.
  record Span(int from, int to) {}

  Outline {
    names = List.copyOf(names);
  }

  /// Of what is no JSON object, as far as it was one: the provider will say what is wrong with it.
  static Outline of(byte[] body) {
    long output = -1;
    var names = new ArrayList<Span>();
    try (var json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var field = json.currentName();
        var value = json.nextToken();
        if (field.equals("model") && value == JsonToken.VALUE_STRING) {
          span(json).ifPresent(names::add);
        } else if (CONFIGS.contains(field) && value == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            json.nextToken();
            output = Math.max(output, limit(json, LIMITS_IN_CONFIG));
          }
        } else {
          output = Math.max(output, limit(json, LIMITS));
        }
      }
    } catch (IOException e) {
      // Seen so far.
    }
    return new Outline(output < 1 ? USUAL_OUTPUT : output, names);
  }

  /// What the value at hand limits the output to if its field is one of these, else less than
  /// nothing; goes past it either way. A number in quotes is one: not every provider refuses it.
  private static long limit(JsonParser json, Set<String> fields) throws IOException {
    var value = json.currentToken();
    var isLimit =
        fields.contains(json.currentName())
            && (value.isNumeric() || value == JsonToken.VALUE_STRING);
    var limit = isLimit ? json.getValueAsDouble(-1) : -1;
    json.skipChildren();
    return (long) Math.min(MOST_OUTPUT, limit);
  }

  /// Only text in UTF-8 has places that can be told.
  private static Optional<Span> span(JsonParser json) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.finishToken();
    int to = (int) json.currentLocation().getByteOffset();
    return from < 0 ? Optional.empty() : Optional.of(new Span(from, to));
  }

  /// The same request for another model.
  byte[] renamed(byte[] body, String model) {
    var name = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(model)) + '"';
    var out = new ByteArrayOutputStream(body.length + names.size() * name.length());
    int from = 0;
    for (var span : names) {
      out.write(body, from, span.from() - from);
      out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
      from = span.to();
    }
    out.write(body, from, body.length - from);
    return out.toByteArray();
  }
}

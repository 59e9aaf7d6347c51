package dev.millwright.shared.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// JSON as it is spoken outside: snake_case, times as ISO strings, read strictly.
public final class Json {
  private static final int MOST_DEPTH = 32;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .withConfigOverride(
              Optional.class,
              it ->
                  it.setInclude(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)))
          .build();

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// Reads any JSON; refuses what is not JSON with 400 and the place where it stops being it.
  public static JsonNode parse(byte[] body) {
    try {
      var tree = MAPPER.readTree(utf8(body));
      if (tree == null || tree.isMissingNode()) {
        throw ApiError.malformed("the body is empty, a JSON object was expected").exception();
      }
      return tree;
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      var where =
          place == null || place.getLineNr() < 1
              ? ""
              : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
      throw ApiError.malformed("the body is not valid JSON" + where)
          .hint("UTF-8, no duplicate names, at most " + MOST_DEPTH + " levels deep")
          .exception();
    }
  }

  /// Jackson guesses the encoding and takes half characters; only whole UTF-8 is JSON.
  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.malformed("the body is not valid UTF-8").exception();
    }
  }

  /// Reads a record; a missing, unknown or unfit field is refused with 422 and its name.
  public static <T extends Record> T read(JsonNode body, Class<T> shape) {
    Shape.check(Schemas.request(shape), body, "");
    try {
      return MAPPER.treeToValue(body, shape);
    } catch (JsonProcessingException e) {
      throw ApiError.invalid("body", "the body does not have the documented shape").exception();
    }
  }
}

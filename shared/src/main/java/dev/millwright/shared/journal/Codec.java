package dev.millwright.shared.journal;

import static com.fasterxml.jackson.dataformat.cbor.CBORGenerator.Feature.LENIENT_UTF_ENCODING;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// Turns records into bytes and back: CBOR in the database, JSON in golden files and exports.
///
/// A field this version does not know is skipped, so a newer journal can be read by an older
/// program during a rolling upgrade.
public final class Codec {
  private static final ObjectMapper CBOR = configured(CBORMapper.builder()).build();

  /// Words from outside may hold half a character, and must not stop their item for that.
  private static final ObjectMapper MENDING =
      configured(CBORMapper.builder()).enable(LENIENT_UTF_ENCODING).build();

  private static final ObjectMapper JSON = configured(JsonMapper.builder()).build();

  private Codec() {}

  public static byte[] encode(WorkItemEvent event) {
    return encodeAny(CBOR, event);
  }

  /// Half a character becomes U+FFFD, which `encode` refuses.
  static byte[] encodeMending(WorkItemEvent event) {
    return encodeAny(MENDING, event);
  }

  public static WorkItemEvent decode(String name, byte[] body) {
    return decodeAny(body, EventNames.type(name));
  }

  public static byte[] encode(WorkItemState.Known state) {
    return encodeAny(MENDING, new Holder(state));
  }

  public static WorkItemState.Known decodeState(byte[] body) {
    return decodeAny(body, Holder.class).state();
  }

  /// What a list's row holds beside its columns.
  record Body(WorkItemState.Known state, Progress progress, Instant updatedAt) {}

  static byte[] encode(Body body) {
    return encodeAny(MENDING, body);
  }

  static Body decodeBody(byte[] body) {
    return decodeAny(body, Body.class);
  }

  /// The readable form, for exports and golden files.
  public static String json(WorkItemEvent event) {
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A state's type is only written where the declared type is the sealed one.
  private record Holder(WorkItemState.Known state) {}

  private static byte[] encodeAny(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T decodeAny(byte[] body, Class<T> type) {
    try {
      return CBOR.readValue(body, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configured(B builder) {
    return builder
        .addModule(new JavaTimeModule())
        .annotationIntrospector(new SealedTypes())
        .addMixIn(ItemId.class, PlainText.class)
        .addMixIn(SignalKey.class, PlainText.class)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /// Ids are written as their text, not as objects around it.
  private interface PlainText {
    @JsonValue
    String value();
  }
}

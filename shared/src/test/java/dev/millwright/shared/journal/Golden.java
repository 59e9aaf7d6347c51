package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// The files under `golden/`: what older versions wrote, for ever as they wrote it.
///
/// `-Dgolden.write=true` writes files that are missing; one that exists is never written again.
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final ObjectMapper CBOR = new CBORMapper();

  private Golden() {}

  /// What an older version wrote: as it is stored, and to read.
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record Pinned(byte[] cbor, JsonNode json) {}

  static Pinned pinned(String file, byte[] today) {
    try {
      var path = FOLDER.resolve(file + ".json");
      if (!Files.exists(path) && Boolean.getBoolean("golden.write")) {
        var pin = JSON.createObjectNode();
        pin.put("cbor", HexFormat.of().formatHex(today));
        pin.set("json", tree(today));
        Files.createDirectories(path.getParent());
        Files.writeString(path, JSON.writeValueAsString(pin) + "\n");
      }
      var pin = JSON.readTree(text(file + ".json"));
      return new Pinned(HexFormat.of().parseHex(pin.get("cbor").textValue()), pin.get("json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(
          "there is no golden file " + file + "; write it with -Dgolden.write=true, once", e);
    }
  }

  static void write(String file, String text) throws IOException {
    var path = FOLDER.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  static JsonNode tree(byte[] cbor) {
    try {
      // By way of text, so that numbers of both sides have the same Java types.
      return JSON.readTree(CBOR.readTree(cbor).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything an old file says is still said, and nothing else of it; a later version may say
  /// more.
  static void assertStillSaid(String path, String old, byte[] today) {
    try {
      assertStillSaid(path, JSON.readTree(old), tree(today));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertStillSaid(String path, JsonNode old, JsonNode today) {
    assertThat(today).as(path).isNotNull();
    if (old.isObject()) {
      old.propertyStream()
          .forEach(field ->
              assertStillSaid(
                  path + "." + field.getKey(), field.getValue(), today.get(field.getKey())));
    } else if (old.isArray()) {
      assertThat(today.size()).as(path).isEqualTo(old.size());
      for (var at = 0; at < old.size(); at++) {
        assertStillSaid(path + "[" + at + "]", old.get(at), today.get(at));
      }
    } else {
      assertThat(today).as(path).isEqualTo(old);
    }
  }

  static String pretty(byte[] cbor) {
    try {
      return JSON.writeValueAsString(JSON.treeToValue(tree(cbor), Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

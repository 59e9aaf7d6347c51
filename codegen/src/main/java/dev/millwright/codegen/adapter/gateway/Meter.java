package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads along while an answer passes by: counts tokens, and knows whether it came whole. Holds at
/// most one line of a stream, or one plain answer.
final class Meter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_HELD = 16 << 20;
  private static final String DATA = "data:";

  private final Wire wire;
  private final boolean streamed;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private Wire.Tokens tokens = Wire.Tokens.NONE;
  private boolean whole;

  /// @param streamed whether the answer is a stream of events
  Meter(Wire wire, boolean streamed) {
    this.wire = wire;
    this.streamed = streamed;
  }

  void passed(byte[] bytes, int length) {
    if (!streamed) {
      hold(bytes, 0, length);
      return;
    }
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        hold(bytes, from, i - from);
        line();
        from = i + 1;
      }
    }
    hold(bytes, from, length - from);
  }

  void ended() {
    if (streamed) {
      line();
    } else {
      said(held.toString(StandardCharsets.UTF_8));
    }
  }

  Wire.Tokens tokens() {
    return tokens;
  }

  boolean whole() {
    return whole;
  }

  private void hold(byte[] bytes, int from, int length) {
    if (held.size() + length <= MOST_HELD) {
      held.write(bytes, from, length);
    }
  }

  private void line() {
    var line = held.toString(StandardCharsets.UTF_8);
    held.reset();
    if (line.startsWith(DATA)) {
      said(line.substring(DATA.length()));
    }
  }

  private void said(String text) {
    try {
      var json = JSON.readTree(text);
      if (json != null) {
        tokens = wire.tokens(json, tokens);
        whole |= wire.ends(json);
      }
    } catch (JacksonException e) {
      // `[DONE]`, or no JSON at all: nothing to count.
    }
  }
}

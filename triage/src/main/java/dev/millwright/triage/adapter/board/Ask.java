package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One question to a provider. Segments and parameters are encoded here, so text of a stranger's
/// can be one of them and never more than one.
///
/// @param target path and query below the base address, encoded
/// @param reads whether asking twice does no harm
/// @param mayBeGone whether 404 and 410 are answers and no faults
record Ask(
    String method, String target, @Nullable JsonNode body, boolean reads, boolean mayBeGone) {

  static Ask get(String... segments) {
    return new Ask("GET", path(segments), null, true, false);
  }

  /// A write.
  static Ask write(String method, @Nullable Object body, String... segments) {
    return new Ask(method, path(segments), body == null ? null : Json.tree(body), false, false);
  }

  /// A read that is sent as a POST, such as a search.
  static Ask reading(Object body, String... segments) {
    return new Ask("POST", path(segments), Json.tree(body), true, false);
  }

  /// The same with one more parameter.
  Ask with(String name, Object value) {
    var joint = target.indexOf('?') < 0 ? '?' : '&';
    var more = target + joint + encoded(name) + '=' + encoded(String.valueOf(value));
    return new Ask(method, more, body, reads, mayBeGone);
  }

  Ask orGone() {
    return new Ask(method, target, body, reads, true);
  }

  private static String path(String... segments) {
    return Arrays.stream(segments).map(it -> "/" + segment(it)).collect(Collectors.joining());
  }

  private static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("'" + text + "' cannot be a part of a path");
    }
    return encoded(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A delivery as it came: headers by their names in lower case, and the bytes.
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Letter(Map<String, String> headers, byte[] body) {
  private static final int MOST_FIELDS = 100;

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
  }

  /// What is in it, as JSON or as a form.
  ///
  /// @throws ApiException where it is neither
  Payload payload() {
    if (!isForm()) {
      return new Payload(Json.parse(body));
    }
    var form = form();
    var json = Optional.ofNullable(form.get("payload"));
    return new Payload(
        json.map(it -> Json.parse(it.getBytes(StandardCharsets.UTF_8)))
            .orElseGet(() -> Json.tree(form)));
  }

  private boolean isForm() {
    return header("content-type").startsWith("application/x-www-form-urlencoded");
  }

  private Map<String, String> form() {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : new String(body, StandardCharsets.UTF_8).split("&", MOST_FIELDS)) {
      var parts = pair.split("=", 2);
      fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}

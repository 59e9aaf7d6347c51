package dev.millwright.app.http;

import dev.millwright.app.http.Document.Declared;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A request nobody well-meaning sends: a declared one with something wrong in its method, path,
/// query, headers or body, or with nothing wrong at all.
///
/// @param whole whether its framing is right, so that it must be answered
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record HostileRequest(Declared operation, byte[] bytes, boolean head, boolean whole) {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  private static final List<String> WORDS =
      List.of(
          "",
          "0",
          "-1",
          "1e999",
          "999999999999999999999",
          "true",
          "null",
          "NaN",
          "\0",
          "..",
          "../../../etc/passwd",
          "%00",
          "%s%n%x",
          "${jndi:x}",
          "' OR 1=1 --",
          "<script>",
          "é",
          "😀",
          "\u202e",
          "a".repeat(3_000),
          "task:x",
          "queued",
          "triage",
          "MSAA",
          "{}",
          "[]",
          "\\",
          "\"");

  private static final Map<String, String> BODIES =
      Map.of(
          "/api/v1/signals", "{\"title\": \"t\", \"labels\": [\"a\"], \"facts\": {\"k\": \"v\"}}",
          "/api/v1/pause", "{\"stage\": \"monitoring\"}",
          "/api/v1/resume", "{\"repo\": \"orders\"}",
          "/api/v1/items/{id}/reject", "{\"reason\": \"no\"}",
          "/api/v1/items/{id}/rework", "{\"comment\": \"smaller\"}",
          "/api/v1/items/{id}/steer", "{\"text\": \"mind the tests\"}",
          "/api/v1/items/{id}/answer", "{\"text\": \"orders\"}");

  private static final String EVENT =
      "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"t\", \"data\": {}}";

  static HostileRequest of(List<Declared> operations, String item, Random random) {
    return new Maker(random).make(operations.get(random.nextInt(operations.size())), item);
  }

  private record Maker(Random random) {
    HostileRequest make(Declared operation, String item) {
      var method = often() ? operation.method().toUpperCase(java.util.Locale.ROOT) : any(METHODS);
      var event = operation.path().equals(Wire.SIGNALS) && rarely();
      var body = body(event ? EVENT : BODIES.getOrDefault(operation.path(), "{}"));
      var whole = random.nextInt(50) > 0;
      var head = new StringBuilder(method).append(' ').append(target(operation, item));
      head.append(" HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n");
      if (operation.method().equals("post") || rarely()) {
        head.append("Content-Type: ");
        head.append(often() ? event ? "application/cloudevents+json" : Wire.JSON : word());
        head.append("\r\n");
      }
      headers(head);
      var bytes = new ByteArrayOutputStream();
      if (random.nextInt(4) > 0 || !whole) {
        head.append("Content-Length: ").append(body.length + (whole ? 0 : 1)).append("\r\n\r\n");
        bytes.writeBytes(latin(head.toString()));
        bytes.writeBytes(body);
      } else {
        head.append("Transfer-Encoding: chunked\r\n\r\n");
        bytes.writeBytes(latin(head.toString()));
        if (body.length > 0) {
          bytes.writeBytes(latin(Integer.toHexString(body.length) + "\r\n"));
          bytes.writeBytes(body);
          bytes.writeBytes(latin("\r\n"));
        }
        bytes.writeBytes(latin("0\r\n\r\n"));
      }
      return new HostileRequest(operation, bytes.toByteArray(), method.equals("HEAD"), whole);
    }

    private String target(Declared operation, String item) {
      var path =
          operation
              .path()
              .replace("{id}", often() ? item : encoded(word()))
              .replace("{repo}", often() ? "orders" : encoded(word()))
              .replace("{kind}", often() ? "generic" : encoded(word()))
              .replace("{issue_identifier}", encoded(word()))
              .replace("{rest}", rarely() ? "app.js" : encoded(word()))
              .replaceAll("\\{[a-z]+}", "any");
      if (rarely()) {
        var at = random.nextInt(path.length());
        path = path.substring(0, at) + encoded(word()) + path.substring(at);
      }
      var query = new StringBuilder();
      for (var n = rarely() ? random.nextInt(3) : 0; n > 0; n--) {
        var names = operation.node().path("parameters");
        var name =
            names.isEmpty() || rarely()
                ? word()
                : names.get(random.nextInt(names.size())).path("name").asText();
        query.append(query.isEmpty() ? '?' : '&');
        query.append(encoded(name)).append('=').append(rarely() ? "%zz" : encoded(word()));
      }
      return path.startsWith("/") ? path + query : "/" + path + query;
    }

    private void headers(StringBuilder head) {
      for (var name :
          List.of(
              "Idempotency-Key",
              "Range",
              "Last-Event-ID",
              "If-None-Match",
              "Accept",
              "Cookie",
              "ce-specversion",
              "ce-id",
              "ce-type",
              "ce-source",
              "ce-subject",
              "Authorization",
              "Origin",
              "Sec-Fetch-Site",
              "X-Forwarded-For",
              "Accept-Encoding",
              "Expect")) {
        if (random.nextInt(25) == 0) {
          var value = name.equals("Expect") ? "100-continue" : word();
          head.append(name).append(": ").append(printable(value)).append("\r\n");
        }
      }
    }

    private byte[] body(String valid) {
      var text = new StringBuilder(valid);
      for (var n = random.nextInt(4); n > 0; n--) {
        var at = text.isEmpty() ? 0 : random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.insert(at, word());
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
          case 2 -> text.insert(at, any(List.of("{", "}", "[", "]", "\"", ":", ",", "\\ud800")));
          default -> text.append(text);
        }
      }
      var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && rarely()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return bytes;
    }

    private boolean often() {
      return random.nextInt(10) > 0;
    }

    private boolean rarely() {
      return random.nextInt(5) == 0;
    }

    private String word() {
      return any(WORDS);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private static String encoded(String text) {
      return URLEncoder.encode(
          text.length() > 500 ? text.substring(0, 500) : text, StandardCharsets.UTF_8);
    }

    private static String printable(String text) {
      return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static byte[] latin(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

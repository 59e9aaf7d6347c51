package dev.millwright.app.http;

import static dev.millwright.app.http.Wire.JSON;
import static dev.millwright.app.http.Wire.SIGNALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.Secret;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in, and what a connection may do.
@TestInstance(Lifecycle.PER_CLASS)
class ConnectionsTest {
  private static final String TITLE = "{\"title\": \"x\"}";

  private Wire wire;

  @BeforeAll
  void start(@TempDir Path data) {
    wire = Wire.start(data);
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere",
    "GET, /api/v1/items/no-such-item",
    "GET, /api/v1/items/NOT-AN-ID",
    "GET, /api/v1/items/a%2f..%2fb",
    "GET, /api/v1/items/%00",
    "POST, /api/v1/items/no-such-item/cancel",
    "GET, /api/v1/items/x/y",
    "GET, /assets/no.js"
  })
  void what_is_not_there_is_404(String method, String path) {
    var request =
        wire.at(path).header("Content-Type", JSON).method(method, BodyPublishers.ofString("{}"));

    var answer = wire.send(request.build());

    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    answer.wellFormedError();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/items, 'GET, HEAD'",
    "OPTIONS, /api/v1/signals, POST",
    "GET, /api/v1/signals, POST",
    "PUT, /api/v1/stages, 'GET, HEAD'",
    "PATCH, /api/v1/items/x/approve, POST"
  })
  void another_method_is_told_which_are_allowed(String method, String path, String allow) {
    var answer = wire.send(wire.at(path).method(method, BodyPublishers.noBody()).build());

    answer.refused(405, "method_not_allowed");
    assertThat(answer.header("Allow")).contains(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/items",
        "/api/v1/openapi.json",
        "/api/v1/stream",
        "/health/live",
        "/metrics"
      })
  void head_is_get_without_a_body(String path) throws Exception {
    assertThat(head(path)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
  }

  @Test
  void heads_and_leavers_keep_no_stream_open() throws Exception {
    for (var i = 0; i < 300; i++) {
      wire.send(wire.at("/api/v1/stream").method("HEAD", BodyPublishers.noBody()).build());
    }
    for (var i = 0; i < 300; i++) {
      try (var socket = wire.connect()) {
        socket
            .getOutputStream()
            .write(bytes("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertThat(reader(socket).readLine()).matches("HTTP/1.1 (200 OK|503 .*)");
      }
    }
    // Who left in silence is noticed at the second sign of life that is sent to it. Asked by HEAD,
    // which takes no place, so that the tests that follow find what was found here.
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> head("/api/v1/stream").startsWith("HTTP/1.1 200"));
  }

  private String head(String path) throws Exception {
    return wire.raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static BufferedReader reader(Socket socket) throws java.io.IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/index.html",
        "/assets/..\\..\\index.html",
        "/assets//etc/passwd",
        "/assets/%00",
        "/assets/app.js%00.png",
        "/assets/.hidden",
        "/items/../../etc/passwd",
        "/api/v1/items/../../../etc/passwd",
        "/api/v1/items/..%2f..%2fetc/diff",
        "/%ff",
        "/%zz",
        "/?q=%zz",
        "/api/v1/items?q=%ff%fe",
        "/api/v1/items?q=%00",
        "/api/v1/items?cursor=MSAA",
        "/api/v1/items?limit=1&limit=2",
        "/api/v1/items?limit=1e3"
      })
  void no_path_leads_out(String path) throws Exception {
    var answer =
        wire.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .matches("(?s)HTTP/1.1 (200|400|404|422) .*")
        .doesNotContain("root:", "Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://localhost:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void a_page_of_another_origin_cannot_post(String header, String value) {
    wire.signal(TITLE, header, value).refused(403, "foreign_origin");
    assertThat(wire.post("/api/v1/pause", JSON, "{}", header, value).status()).isEqualTo(403);
  }

  @Test
  void a_page_of_ours_can_post() {
    assertThat(wire.signal(TITLE, "Origin", wire.url().toString()).status()).isEqualTo(202);
    assertThat(wire.signal(TITLE, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(202);
  }

  @Test
  void no_other_origin_is_ever_let_read() {
    var answer =
        wire.send(wire.at("/api/v1/items").header("Origin", "http://evil.example").build());

    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
    assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:7420", "127.0.0.1.evil.example", "localhost.evil"})
  void a_name_that_is_pointed_here_is_not_served(String host) throws Exception {
    for (var request : new String[] {"GET /api/v1/items", "POST /api/v1/signals", "GET /"}) {
      assertThat(
              wire.raw(
                  request
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
          .startsWith("HTTP/1.1 403")
          .contains("unknown_host");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:99", "[::1]:7420", "a.localhost", "LOCALHOST"})
  void names_of_this_machine_are_served(String host) throws Exception {
    assertThat(
            wire.raw(
                "GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void requests_may_follow_each_other_without_waiting() throws Exception {
    var one = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var none = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var last = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    var answers = wire.raw(one + none + one + last);

    assertThat(answers.split("HTTP/1\\.1 ")).hasSize(5);
    assertThat(answers).containsSubsequence("1.1 200", "1.1 404", "1.1 200", "1.1 200");
  }

  @Test
  void a_refused_request_leaves_its_connection_usable() throws Exception {
    var body = "[".repeat(100_000);
    var refused =
        "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n" + body;

    var answers =
        wire.raw(
            refused + "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answers).containsSubsequence("1.1 404", "1.1 200");
  }

  @Test
  void who_stops_talking_still_hears_the_answer() throws Exception {
    try (var socket = wire.connect()) {
      socket
          .getOutputStream()
          .write(bytes("GET /api/v1/stages HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      socket.shutdownOutput();

      assertThat(reader(socket).readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void who_is_slow_on_purpose_is_cut_off_and_delays_nobody() throws Exception {
    var slow = new ArrayList<Socket>();
    var begun =
        new String[] {
          "",
          "GET /api/v1/it",
          "POST /api/v1/signals HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n",
          "POST /api/v1/signals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 14\r\n\r\n{\"tit"
        };
    try {
      for (var i = 0; i < 100; i++) {
        var socket = wire.connect();
        socket.getOutputStream().write(bytes(begun[i % begun.length]));
        slow.add(socket);
      }

      assertThat(wire.signal(TITLE).status()).isEqualTo(202);
      for (var at = 0; at < slow.size(); at++) {
        var said = end(slow.get(at));
        if (at % begun.length == begun.length - 1) {
          assertThat(said).contains("408", "body_too_slow");
        } else {
          assertThat(said).isEmpty();
        }
      }
      assertThat(wire.signal(TITLE).status()).isEqualTo(202);
    } finally {
      for (var socket : slow) {
        socket.close();
      }
    }
  }

  /// What the server says before it closes, or nothing when it closes without a word.
  private static String end(Socket socket) throws java.io.IOException {
    try {
      return Wire.readAll(socket);
    } catch (java.net.SocketException reset) {
      return "";
    }
  }

  @Test
  void what_is_not_http_is_refused_in_the_same_form() throws Exception {
    assertThat(wire.raw("\0\1\2\3\r\n\r\n")).matches("(?s)(HTTP/1.1 400 .*\"malformed\".*)?");
    assertThat(wire.raw("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 501")
        .contains("\"unknown_method\"");
    assertThat(wire.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(wire.raw("GET / HTTP/9.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 505")
        .contains("\"http_version\"");
    assertThat(wire.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(
            wire.raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(
            wire.raw(
                "POST /api/v1/signals HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                    + "Content-Length: 4\r\n\r\n{}"))
        .startsWith("HTTP/1.1 400");
    assertThat(
            wire.raw(
                String.join(
                    "\r\n",
                    "POST /api/v1/signals HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 3",
                    "Transfer-Encoding: chunked",
                    "",
                    "0",
                    "",
                    "")))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void with_tokens_only_their_holders_come_in(@TempDir Path data) {
    var tokens = Map.of("ann", new Secret("s3cret-token"));
    try (var guarded = Wire.start(data, LineSettings.DEFAULT, tokens)) {
      var none = guarded.get("/api/v1/items");
      none.refused(401, "no_token");
      assertThat(none.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
      guarded.signal(TITLE).refused(401, "no_token");
      guarded.signal(TITLE, "Authorization", "Bearer guess").refused(401, "bad_token");
      guarded.signal("not json", "Authorization", "Bearer guess").refused(401, "bad_token");
      guarded.signal(TITLE, "Authorization", "Bearer").refused(401, "bad_token");
      for (var open : new String[] {"/health/live", "/health/ready", "/api/v1/openapi.json"}) {
        assertThat(guarded.get(open).status()).as(open).isEqualTo(200);
      }
      var basic =
          java.util.Base64.getEncoder()
              .encodeToString("x:s3cret-token".getBytes(StandardCharsets.UTF_8));
      for (var right : new String[] {"Bearer s3cret-token", "Basic " + basic}) {
        assertThat(guarded.signal(TITLE, "Authorization", right).status()).isEqualTo(202);
      }
      guarded
          .signal(TITLE, "Authorization", "Bearer s3cret-token", "Origin", "http://evil.example")
          .refused(403, "foreign_origin");
    }
  }

  @Test
  void through_a_proxy_without_tokens_nobody_operates() {
    var forwarded = new String[] {"X-Forwarded-For", "203.0.113.7"};

    wire.post("/api/v1/pause", JSON, "{}", forwarded).refused(403, "not_an_operator");
    var named = wire.post(SIGNALS, JSON, "{\"title\": \"x\", \"key\": \"a:b\"}", forwarded);
    named.refused(403, "key_not_allowed");
    assertThat(wire.signal(TITLE, forwarded).status()).isEqualTo(202);
  }
}

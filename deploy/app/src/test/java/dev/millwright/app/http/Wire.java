package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.Factories;
import dev.millwright.app.FactoryRunner;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A whole factory in this JVM, reached as anybody reaches it: over sockets.
final class Wire implements AutoCloseable {
  static final String SIGNALS = "/api/v1/signals";
  static final String JSON = "application/json";
  private static final int PATIENCE_MILLIS = 90_000;
  private static final Set<String> SAID = Set.of("code", "message", "field", "hint");

  private final FactoryRunner.Running factory;
  private final HttpClient http = HttpClient.newHttpClient();

  private Wire(FactoryRunner.Running factory) {
    this.factory = factory;
  }

  /// Without repositories and tokens; every signal ends up waiting for an answer.
  static Wire start(Path data) {
    return start(data, LineSettings.DEFAULT, Map.of());
  }

  static Wire start(Path data, LineSettings line, Map<String, Secret> tokens) {
    return start(data, line, tokens, IntakeSettings.NONE);
  }

  static Wire start(Path data, IntakeSettings intake) {
    return start(data, LineSettings.DEFAULT, Map.of(), intake);
  }

  private static Wire start(
      Path data, LineSettings line, Map<String, Secret> tokens, IntakeSettings intake) {
    var local = FactorySettings.local(data, Map.of());
    var settings =
        new FactorySettings(
            new ServerSettings("127.0.0.1", 0, null, tokens),
            local.storage(),
            local.repos(),
            local.agents(),
            local.sandbox(),
            local.policy(),
            line,
            intake);
    try {
      return new Wire(Factories.runner().start(settings, _ -> {}));
    } catch (FactoryRunner.CannotStart e) {
      throw new AssertionError(e);
    }
  }

  URI url() {
    return factory.url();
  }

  /// An answer of any status.
  record Answer(int status, HttpHeaders headers, String text) {
    JsonNode json() {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    /// Holds a refusal against the form every refusal has.
    JsonNode refused(int expected, String code) {
      assertThat(status).as(text).isEqualTo(expected);
      var error = wellFormedError();
      assertThat(error.path("code").asText()).as(text).isEqualTo(code);
      return error;
    }

    JsonNode wellFormedError() {
      assertThat(header("Content-Type")).as(text).contains(JSON);
      var body = json();
      assertThat(names(body)).containsExactly("error");
      var error = body.path("error");
      assertThat(SAID).containsAll(names(error));
      assertThat(error.path("code").asText()).matches("[a-z_]+");
      assertThat(error.path("message").asText()).isNotBlank().doesNotContain("Exception", "dev.");
      return error;
    }

    private static Set<String> names(JsonNode object) {
      return object.properties().stream()
          .map(Map.Entry::getKey)
          .collect(java.util.stream.Collectors.toSet());
    }
  }

  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(Duration.ofMillis(PATIENCE_MILLIS));
  }

  Answer get(String path) {
    return send(at(path).GET().build());
  }

  /// @param headers names and values, in turn
  Answer post(String path, String mediaType, String body, String... headers) {
    var request = at(path).POST(BodyPublishers.ofString(body));
    request.header("Content-Type", mediaType);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Answer signal(String body, String... headers) {
    return post(SIGNALS, JSON, body, headers);
  }

  Answer send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Socket connect() throws IOException {
    var socket = new Socket(url().getHost(), url().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// Sends bytes as they are, and reads until the server closes the connection.
  String raw(byte[] request) throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return readAll(socket);
    }
  }

  String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// A `POST` of bytes that need not be text.
  String rawSignal(String mediaType, byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(SIGNALS, mediaType, body.length)
            .getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return raw(bytes.toByteArray());
  }

  static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// The ids of all items there are.
  Set<String> items() {
    var ids = new java.util.HashSet<String>();
    var cursor = "";
    do {
      var page = get("/api/v1/items?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
      cursor = page.json().path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return ids;
  }

  @Override
  public void close() {
    http.close();
    factory.close();
  }
}

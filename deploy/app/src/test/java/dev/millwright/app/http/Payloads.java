package dev.millwright.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Payloads as GitHub publishes them, installed once at the version the tests pin.
final class Payloads {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Payloads() {}

  /// One of them.
  ///
  /// @param number its place among those of the same event
  record Example(String event, int number, String body) {
    String name() {
      return event + "." + number;
    }
  }

  static List<Example> gitHub() {
    try {
      var index = folder().resolve("@octokit/webhooks-examples/api.github.com/index.json");
      var examples = new ArrayList<Example>();
      for (JsonNode event : JSON.readTree(Files.readString(index))) {
        for (var at = 0; at < event.path("examples").size(); at++) {
          examples.add(
              new Example(
                  event.path("name").asText(), at, event.path("examples").get(at).toString()));
        }
      }
      return examples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() throws IOException {
    var install =
        new ProcessBuilder("src/test/payloads/install")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var folder = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (install.onExit().join().exitValue() != 0) {
      throw new IllegalStateException("npm could not install the payloads");
    }
    return Path.of(folder);
  }
}

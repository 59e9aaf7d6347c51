package dev.millwright.codegen.adapter.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A small repository in a temporary folder and the recipe runner as a real process over it.
final class RecipeProcess {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;

  RecipeProcess(Path root) {
    this.root = root;
  }

  /// What a run printed and how it ended.
  record Ended(int code, List<JsonNode> lines, String errors) {
    String status() {
      return result().path("status").asText();
    }

    String summary() {
      return result().path("summary").asText();
    }

    List<String> messages() {
      return lines.stream()
          .filter(line -> line.path("type").asText().equals("message"))
          .map(line -> line.path("text").asText())
          .toList();
    }

    List<String> changed() {
      return lines.stream()
          .filter(line -> line.path("type").asText().equals("file_change"))
          .map(line -> line.path("path").asText())
          .toList();
    }

    private JsonNode result() {
      return lines.getLast();
    }
  }

  RecipeProcess with(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs one recipe; options come as key, value, key, value.
  Ended run(String recipe, String... options) throws Exception {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return send(JSON.writeValueAsString(Map.of("recipe", recipe, "options", all)));
  }

  Ended send(String input) throws Exception {
    Path home = Files.createTempDirectory("recipes-");
    try {
      return send(input, home);
    } finally {
      delete(home);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private Ended send(String input, Path home) throws Exception {
    Path in = Files.writeString(home.resolve("in"), input);
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dmaven.repo.local=" + home.resolve("repository"),
                "-cp",
                System.getProperty("java.class.path"),
                RecipeMain.class.getName())
            .directory(root.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
      lines.add(JSON.readTree(line));
    }
    return new Ended(code, lines, Files.readString(err));
  }
}

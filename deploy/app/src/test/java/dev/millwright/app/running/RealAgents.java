package dev.millwright.app.running;

import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/// The real agents, installed once from the versions that codegen's tests pin, and the settings
/// that put them before a scripted model.
final class RealAgents {
  /// The slowest first.
  static final List<String> ALL = List.of("opencode", "gemini", "claude", "codex");

  private RealAgents() {}

  /// Adds them to a home's settings.
  ///
  /// @param more further lines
  static void join(Home home, ScriptedModel model, String more) {
    var price = "price: {input: 1, cached: 0.1, output: 10}";
    var agents =
        """
          codex: {kind: codex, command: "%1$s/codex app-server", models: [responses]}
          claude: {kind: claude, command: "%1$s/claude", models: [messages]}
          gemini: {kind: acp, command: "%1$s/gemini --acp", models: [gemini]}
          opencode: {kind: acp, command: "%1$s/opencode acp", models: [chat]}
        """
            .formatted(programs());
    var models =
        """
        models:
          responses: {protocol: openai-responses, base_url: "%1$s", key: %2$s, name: scripted, %3$s}
          messages: {protocol: anthropic-messages, base_url: "%1$s", key: %2$s, name: claude-sonnet-4-5, %3$s}
          gemini: {protocol: gemini, base_url: "%1$s", key: %2$s, name: gemini-2.5-pro, %3$s}
          chat: {protocol: openai-chat, base_url: "%1$s", key: %2$s, name: scripted, %3$s}
        """
            .formatted(model.url(), ScriptedModel.KEY, price);
    try {
      var settings = Files.readString(home.settings());
      var joined =
          settings
              .replace("  recipes: {kind: recipes}\n", "")
              .replace(
                  "agents:\n",
                  "line: {codegen: 4, max_retry_backoff: 1s}\nagents:\n  recipes: {kind: recipes}\n");
      var worker = joined.indexOf("  worker:");
      var end = joined.indexOf('\n', worker) + 1;
      Files.writeString(
          home.settings(),
          joined.substring(0, end) + agents + joined.substring(end) + models + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String programs() {
    try {
      var install =
          new ProcessBuilder("../../codegen/src/test/agents/install")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var folder = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (install.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("npm could not install the agents");
      }
      return folder.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.millwright.codegen.adapter.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `claude`, held open over stream-json.
final class Claude implements Dialect {
  /// A checkout's own settings, hooks and MCP servers would run before anybody was asked:
  /// `--setting-sources user --strict-mcp-config` leaves them out.
  private static final List<String> WORDS =
      List.of(
          "-p",
          "--input-format",
          "stream-json",
          "--output-format",
          "stream-json",
          "--verbose",
          "--replay-user-messages",
          "--permission-prompt-tool",
          "stdio",
          "--permission-mode",
          "default",
          "--setting-sources",
          "user",
          "--strict-mcp-config");

  private static final String TOOLS = "mcp__" + IntentTools.NAME;

  @Override
  public Launch launch(Launch.Place place, Wanted session) {
    var words = new ArrayList<>(WORDS);
    if (!place.model().isEmpty()) {
      words.addAll(List.of("--model", place.model()));
    }
    if (!place.intents().isEmpty()) {
      words.addAll(List.of("--mcp-config", servers(place), "--allowedTools", TOOLS));
    }
    words.addAll(
        session.resume() == null
            ? List.of("--session-id", session.fresh())
            : List.of("--resume", session.resume()));
    return new Launch(
        words,
        Map.ofEntries(
            Map.entry("HOME", place.home()),
            Map.entry("CLAUDE_CONFIG_DIR", place.home() + "/.claude"),
            Map.entry("ANTHROPIC_BASE_URL", place.url()),
            Map.entry("ANTHROPIC_API_KEY", place.token()),
            Map.entry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
            Map.entry("DISABLE_AUTOUPDATER", "1"),
            Map.entry("CLAUDE_CODE_MAX_RETRIES", "1"),
            Map.entry("CLAUDE_ENABLE_BYTE_WATCHDOG", "1"),
            Map.entry("CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS", "60000"),
            Map.entry("CLAUDE_STREAM_IDLE_TIMEOUT_MS", "60000")),
        Map.of());
  }

  private static String servers(Launch.Place place) {
    var servers = Peer.object();
    var server = servers.putObject("mcpServers").putObject(IntentTools.NAME);
    server.put("command", place.intents().getFirst());
    place.intents().stream().skip(1).forEach(server.putArray("args")::add);
    return servers.toString();
  }

  @Override
  public Protocol protocol(Launch.Place place, Wanted session, Talk talk) {
    var id = session.resume() == null ? session.fresh() : session.resume();
    return new ClaudeProtocol(place, talk, id);
  }
}

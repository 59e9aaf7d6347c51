package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.domain.Permissions;
import java.util.List;
import java.util.Map;

/// What an agent's program is given besides its name.
///
/// @param words further words of its command line
/// @param environment all of its environment that is not the sandbox's own
/// @param files what must be in its home before it starts, by their paths in it
record Launch(List<String> words, Map<String, String> environment, Map<String, String> files) {
  Launch {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    files = Map.copyOf(files);
  }

  /// Where an agent finds itself.
  ///
  /// @param home its home, as it sees it
  /// @param folder its workspace, as it sees it
  /// @param url the gateway, as it sees it
  /// @param token what it shows there
  /// @param model the model it asks for
  /// @param intents the words of a command that is an MCP server for its intents, none without one
  record Place(
      String home, String folder, String url, String token, String model, List<String> intents) {
    Place {
      intents = List.copyOf(intents);
    }

    /// What it may change when it asks first.
    Permissions permissions() {
      return new Permissions(List.of(folder, home, "/tmp"));
    }
  }
}

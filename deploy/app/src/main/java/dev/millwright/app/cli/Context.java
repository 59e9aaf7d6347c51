package dev.millwright.app.cli;

import java.util.Map;

/// What a command may use of the world.
public record Context(Terminal terminal, Map<String, String> environment) {
  public Context {
    environment = Map.copyOf(environment);
  }
}

package dev.millwright.app.cli;

import java.nio.file.Path;
import java.util.Map;

/// What a command may use of the world.
///
/// @param folder where it was typed: relative paths start there
public record Context(Terminal terminal, Map<String, String> environment, Path folder) {
  public Context {
    environment = Map.copyOf(environment);
    folder = folder.toAbsolutePath().normalize();
  }
}

package dev.millwright.codegen.adapter.session;

import java.nio.file.Path;

/// Who plays: one configured agent.
///
/// @param command its program and words, for the shell
record Cast(String name, String command, String model, Dialect dialect) {
  /// The name of the program a command starts.
  static String program(String command) {
    var path = Path.of(first(command)).getFileName();
    return path == null ? "" : path.toString();
  }

  static String first(String command) {
    return command.strip().split("\\s+", 2)[0];
  }

  /// The command with its program replaced, ready for `sh -c`; its further words stay as they are.
  String running(Path program) {
    var rest = command.strip().substring(first(command).length());
    return "'" + program.toString().replace("'", "'\\''") + "'" + rest;
  }
}

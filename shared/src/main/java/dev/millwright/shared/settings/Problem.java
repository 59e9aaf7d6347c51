package dev.millwright.shared.settings;

/// Something to say about one place of a settings file.
///
/// @param line counted from 1, 0 for the file as a whole
/// @param key the whole path of the key, empty for the file as a whole
/// @param what what is wrong, with the value unless it is a secret
/// @param fix what to do about it
public record Problem(
    Severity severity, String file, int line, String key, String what, String fix) {

  /// Whether the factory can run with it.
  public enum Severity {
    ERROR,
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// `millwright.yaml:3: server.port: 'x' is not a whole number; use 0 to 65535`.
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + what
        + (fix.isEmpty() ? "" : "; " + fix);
  }
}

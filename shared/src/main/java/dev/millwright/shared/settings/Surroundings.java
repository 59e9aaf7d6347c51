package dev.millwright.shared.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a settings file's values may refer to.
///
/// @param folder relative paths start here
/// @param home what `~` stands for
/// @param environment where `$NAME` is looked up
public record Surroundings(Path folder, Path home, Map<String, String> environment) {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

  public Surroundings {
    folder = folder.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /// The folder, with the home of whoever runs this process.
  public static Surroundings of(Path folder, Map<String, String> environment) {
    var home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return new Surroundings(folder, Path.of(home), environment);
  }

  public Surroundings in(Path otherFolder) {
    return new Surroundings(otherFolder, home, environment);
  }

  /// A path as written in the file, or in the variable it names; empty where that is not set.
  Optional<Path> named(String written) {
    var variable = VARIABLE.matcher(written);
    var path = variable.matches() ? environment.getOrDefault(variable.group(1), "") : written;
    return path.isBlank() || path.indexOf('\0') >= 0
        ? Optional.empty()
        : Optional.of(resolve(path));
  }

  /// A path as written in the file.
  public Path resolve(String written) {
    if (written.equals("~")) {
      return home;
    }
    var path = written.startsWith("~/") ? home.resolve(written.substring(2)) : Path.of(written);
    return folder.resolve(path).normalize();
  }
}

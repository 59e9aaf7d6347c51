package dev.millwright.app.running;

import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The command line as somebody types it in a folder.
///
/// @param more variables of its environment
public record Cli(Path folder, URI factory, Map<String, String> more) {
  public Cli {
    more = Map.copyOf(more);
  }

  public Cli(Path folder, URI factory) {
    this(folder, factory, Map.of());
  }

  /// How a command ended.
  public record Ended(int code, String out, String err) {
    @Override
    public String toString() {
      return "exit code " + code + "\n" + out + err;
    }
  }

  public Cli with(String name, String value) {
    var all = new HashMap<>(more);
    all.put(name, value);
    return new Cli(folder, factory, all);
  }

  public Ended run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = run(out, err, words);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// The same, with what it says to be read while it runs.
  public int run(ByteArrayOutputStream out, ByteArrayOutputStream err, String... words) {
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.matches("(MILLWRIGHT|GIT)_.*"));
    environment.putAll(
        Map.of(
            "MILLWRIGHT_URL", factory.toString(),
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@acme.example",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@acme.example"));
    environment.putAll(more);
    return Millwright.run(
        words,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        folder);
  }
}

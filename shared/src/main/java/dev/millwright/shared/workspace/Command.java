package dev.millwright.shared.workspace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A program to run: its words, the environment added to the sandbox's own, what it reads, its
/// limits.
public record Command(
    List<String> argv, Map<String, String> environment, Input input, Limits limits) {

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a NUL in a command's word");
    }
    environment.forEach(Command::checkVariable);
  }

  private static void checkVariable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not an environment variable: " + name);
    }
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), new Input.None(), Limits.DEFAULT);
  }

  /// A line for `/bin/sh -c`.
  public static Command shell(String line) {
    return of("/bin/sh", "-c", line);
  }

  public Command with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Command(argv, more, input, limits);
  }

  public Command withEnvironment(Map<String, String> added) {
    var more = new HashMap<>(environment);
    more.putAll(added);
    return new Command(argv, more, input, limits);
  }

  public Command withInput(String text) {
    return new Command(argv, environment, new Input.Text(text), limits);
  }

  /// stdin stays open for [Running#input()].
  public Command interactive() {
    return new Command(argv, environment, new Input.Open(), limits);
  }

  public Command withLimits(Limits newLimits) {
    return new Command(argv, environment, input, newLimits);
  }

  /// What the program finds on stdin.
  public sealed interface Input {
    /// End of file at once.
    record None() implements Input {}

    /// This text, then end of file.
    record Text(String text) implements Input {}

    /// Whatever is written to [Running#input()].
    record Open() implements Input {}
  }
}

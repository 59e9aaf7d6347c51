package dev.millwright.shared.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The words put before a command: into its control group first, then onwards in the same process.
final class Wrap {
  private static final String ENTER =
      "while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 125; shift; done; shift; exec \"$@\"";

  /// As above, then bwrap's options from a file nobody else can read, deleted before the program
  /// starts: the environment may hold tokens, and a command line is public.
  private static final String ENTER_BWRAP =
      "s=$1; a=$2; shift 2; while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 125; shift; done;"
          + " shift; exec 4< \"$a\"; rm -f \"$a\"; exec \"$@\" 3> \"$s\"";

  private Wrap() {}

  static List<String> entering(Runs.Run run, List<String> words) {
    var all = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "millwright"));
    run.group().ifPresent(group -> all.addAll(group.doors()));
    all.add("--");
    all.addAll(words);
    return all;
  }

  static List<String> enteringBwrap(Runs.Run run, Path status, Path arguments, List<String> words) {
    var all =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                ENTER_BWRAP,
                "millwright",
                status.toString(),
                arguments.toString()));
    run.group().ifPresent(group -> all.addAll(group.doors()));
    all.add("--");
    all.addAll(words);
    return all;
  }

  /// Limits by rlimit, for where no control group holds them. Per process for memory, per user for
  /// processes: weaker, but something.
  static List<String> limited(Runs.Run run, Limits limits, List<String> words) {
    boolean held = run.group().map(ControlGroup::limited).orElse(false);
    var prlimit = program("prlimit", "/usr/bin:/bin");
    if (held || prlimit.isEmpty()) {
      return words;
    }
    var all = new ArrayList<String>();
    all.add(prlimit.get().toString());
    all.add("--core=0");
    all.add("--nproc=" + limits.processes());
    all.add("--data=" + limits.memoryBytes());
    all.add("--");
    all.addAll(words);
    return all;
  }

  /// A program by its name in a search path, or by its absolute path.
  static Optional<Path> program(String name, String searchPath) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    for (String folder : searchPath.split(":")) {
      Path candidate = Path.of(folder, name);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}

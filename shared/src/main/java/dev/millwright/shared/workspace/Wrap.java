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
  /// starts: the environment may hold tokens, and a command line is public. The filter of system
  /// calls is read likewise.
  private static final String ENTER_BWRAP =
      "s=$1; a=$2; f=$3; shift 3;"
          + " while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 125; shift; done; shift;"
          + " exec 4< \"$a\"; rm -f \"$a\"; [ -z \"$f\" ] || exec 5< \"$f\"; exec \"$@\" 3> \"$s\"";

  private Wrap() {}

  static List<String> entering(Runs.Run run, List<String> words) {
    var all = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "millwright"));
    run.group().ifPresent(group -> all.addAll(group.doors()));
    all.add("--");
    all.addAll(words);
    return all;
  }

  /// Where bwrap notes how it went, and what it reads.
  record BwrapFiles(Path status, Path arguments, Optional<Path> filter) {}

  static List<String> enteringBwrap(Runs.Run run, BwrapFiles files, List<String> words) {
    var all = new ArrayList<>(List.of("/bin/sh", "-c", ENTER_BWRAP, "millwright"));
    all.add(files.status.toString());
    all.add(files.arguments.toString());
    all.add(files.filter.map(Path::toString).orElse(""));
    run.group().ifPresent(group -> all.addAll(group.doors()));
    all.add("--");
    all.addAll(words);
    return all;
  }

  /// Limits by rlimit: no core files, no file larger than the disk limit; and where no control
  /// group holds them, memory per process and processes per user, which is weaker, but something.
  static List<String> limited(Runs.Run run, Limits limits, List<String> words) {
    var prlimit = program("prlimit", "/usr/bin:/bin");
    if (prlimit.isEmpty()) {
      return words;
    }
    var all = new ArrayList<String>();
    all.add(prlimit.get().toString());
    all.add("--core=0");
    all.add("--fsize=" + limits.diskBytes());
    if (!run.group().map(ControlGroup::limited).orElse(false)) {
      all.add("--nproc=" + limits.processes());
      all.add("--data=" + limits.memoryBytes());
    }
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

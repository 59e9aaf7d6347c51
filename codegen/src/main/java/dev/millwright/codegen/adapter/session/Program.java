package dev.millwright.codegen.adapter.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An installed program, and what of the host has to be seen for it to run.
///
/// @param file the program itself, no link
/// @param needed files and folders beside `/usr`, which every sandbox shows
record Program(Path file, List<Path> needed) {
  private static final Path SYSTEM = Path.of("/usr");
  private static final String PACKAGES = "node_modules";

  Program {
    needed = List.copyOf(needed);
  }

  /// @param name a name on the search path, or a path
  static Optional<Program> find(String name, String searchPath) {
    return file(name, searchPath).map(Program::of);
  }

  private static Optional<Path> file(String name, String searchPath) {
    if (name.contains("/")) {
      return real(Path.of(name));
    }
    for (var folder : searchPath.split(":", -1)) {
      var found = folder.isEmpty() ? Optional.<Path>empty() : real(Path.of(folder, name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> real(Path path) {
    try {
      return Files.isExecutable(path) && Files.isRegularFile(path)
          ? Optional.of(path.toRealPath())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// A program of npm needs the packages around it; any other is believed to be one file.
  private static Program of(Path file) {
    if (file.startsWith(SYSTEM)) {
      return new Program(file, List.of());
    }
    for (int i = 0; i < file.getNameCount(); i++) {
      if (file.getName(i).toString().equals(PACKAGES)) {
        return new Program(file, List.of(file.getRoot().resolve(file.subpath(0, i + 1))));
      }
    }
    return new Program(file, List.of(file));
  }

  /// Whether it is a script that node runs.
  boolean isScript() {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), java.nio.charset.StandardCharsets.ISO_8859_1)
          .matches("(?s)#!.*node\\b.*");
    } catch (IOException e) {
      return false;
    }
  }

  Program with(Program other) {
    var all = new ArrayList<>(needed);
    all.addAll(other.needed);
    return new Program(file, all);
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a sandbox shows in place of what a box hides: an empty folder and an empty file.
record Nothing(Path folder, Path file) {
  static Nothing in(Path place) throws IOException {
    var own = Files.createDirectories(place);
    var nothing =
        new Nothing(Files.createDirectories(own.resolve("no-files")), own.resolve("no-words"));
    WholeFile.write(nothing.file, "");
    return nothing;
  }

  Path like(boolean isFolder) {
    return isFolder ? folder : file;
  }
}

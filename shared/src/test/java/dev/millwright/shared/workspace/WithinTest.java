package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WithinTest {
  private final Scratch scratch = new Scratch();
  private final Path root = scratch.make("root");

  @AfterEach
  void clean() {
    scratch.close();
  }

  @Test
  void what_exists_inside_is_found_and_what_leads_out_is_not() throws Exception {
    Files.writeString(root.resolve("file"), "x");
    Files.createSymbolicLink(root.resolve("inner"), root.resolve("file"));
    Files.createSymbolicLink(root.resolve("outer"), Path.of("/etc"));

    assertThat(Within.existing(root, "file")).contains(root.resolve("file"));
    assertThat(Within.existing(root, "inner")).contains(root.resolve("file"));
    assertThat(Within.existing(root, "outer/passwd")).isEmpty();
    assertThat(Within.existing(root, "../root/../..")).isEmpty();
    assertThat(Within.existing(root, "/etc/passwd")).isEmpty();
    assertThat(Within.existing(root, "absent")).isEmpty();
  }

  @Test
  void new_files_are_written_inside_only() throws Exception {
    Files.createSymbolicLink(root.resolve("outer"), scratch.folder());
    Files.createSymbolicLink(root.resolve("dangling"), scratch.folder().resolve("nowhere"));

    assertThat(Within.writable(root, "a/b/c")).contains(root.resolve("a/b/c"));
    assertThat(Within.writable(root, "outer/x")).isEmpty();
    assertThat(Within.writable(root, "dangling")).isEmpty();
    assertThat(Within.writable(root, "dangling/x")).isEmpty();
    assertThat(Within.writable(root, "../x")).isEmpty();
    assertThat(Within.writable(root, ".")).isEmpty();
  }
}

package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
  private static final int MIB = 1 << 20;

  private final Scratch scratch = new Scratch();
  private final Path folder = scratch.make("folder");

  @AfterEach
  void clean() {
    scratch.close();
  }

  @Test
  void what_was_there_before_does_not_count() throws Exception {
    Files.write(folder.resolve("old"), new byte[3 * MIB]);
    Files.setLastModifiedTime(folder.resolve("old"), FileTime.fromMillis(0));
    var changed = (FileTime) Files.getAttribute(folder.resolve("old"), "unix:ctime");
    await().until(() -> System.currentTimeMillis() > changed.toMillis() + 10);
    var watch = new DiskWatch(List.of(folder), 2 * MIB);

    Files.write(folder.resolve("new"), new byte[MIB]);

    assertThat(seen(watch)).isEmpty();
  }

  @Test
  void more_than_the_limit_is_seen_whatever_time_a_file_says_it_has() throws Exception {
    var watch = new DiskWatch(List.of(folder), 2 * MIB);

    Files.write(folder.resolve("new"), new byte[3 * MIB]);
    Files.setLastModifiedTime(folder.resolve("new"), FileTime.fromMillis(0));

    assertThat(seen(watch)).contains("wrote more than 2 MiB to disk");
  }

  @Test
  void many_small_files_are_as_large_as_the_blocks_they_take() throws Exception {
    var watch = new DiskWatch(List.of(folder), MIB);

    for (int n = 0; n < 300; n++) {
      Files.writeString(folder.resolve("f" + n), "x");
    }

    assertThat(seen(watch)).isPresent();
  }

  private static Optional<String> seen(DiskWatch watch) {
    return Stream.generate(watch::overfull).limit(30).flatMap(Optional::stream).findFirst();
  }
}

package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
class FileArtifactsTest {
  private static final long LARGE = 200L << 20;

  @TempDir Path folder;
  private Path root;
  private FileArtifacts artifacts;

  @BeforeEach
  void empty() {
    root = folder.resolve("artifacts");
    artifacts = new FileArtifacts(root);
  }

  /// So many zeros, made as they are read, in pieces of at most 64 KiB.
  private static final class Zeros extends InputStream {
    private long left = LARGE;
    private int most;

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      most = Math.max(most, length);
      var given = (int) Math.min(length, left);
      java.util.Arrays.fill(buffer, offset, offset + given, (byte) 0);
      left -= given;
      return given == 0 ? -1 : given;
    }
  }

  @Test
  void a_large_artifact_never_is_in_memory() throws Exception {
    var zeros = new Zeros();

    var kept = artifacts.put(zeros, "application/octet-stream");

    assertThat(kept.bytes()).isEqualTo(LARGE);
    assertThat(zeros.most).isLessThanOrEqualTo(1 << 16);
    try (var content = artifacts.open(kept.sha256()).orElseThrow()) {
      assertThat(content.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(LARGE);
    }
  }

  @Test
  void an_artifact_is_named_by_what_it_holds() throws Exception {
    var kept = artifacts.put("said", "text/plain");

    assertThat(kept).isEqualTo(new ArtifactRef(hash("said"), 4, "text/plain"));
    assertThat(read(kept)).isEqualTo("said");
    assertThat(artifacts.put("said", "text/plain")).isEqualTo(kept);
    assertThat(files()).hasSize(1);
  }

  @Test
  void many_may_write_the_same_at_once() throws Exception {
    try (var writers = Executors.newFixedThreadPool(8)) {
      var work =
          IntStream.range(0, 80)
              .<Callable<ArtifactRef>>mapToObj(
                  n -> () -> artifacts.put("text " + n % 4, "text/plain"))
              .toList();
      for (var kept : writers.invokeAll(work)) {
        assertThat(read(kept.get())).startsWith("text ");
      }
    }

    assertThat(files()).hasSize(4);
  }

  @Test
  void a_damaged_artifact_is_not_passed_off_as_whole() throws Exception {
    var kept = artifacts.put("the evidence", "text/plain");
    for (var damage : List.of("the evidencE", "the evid", "", "the evidence and more")) {
      Files.writeString(files().getFirst(), damage);

      assertThatThrownBy(() -> read(kept))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged");
    }

    artifacts.put("the evidence", "text/plain");
    assertThat(read(kept)).isEqualTo("the evidence");
  }

  @Test
  void what_is_skipped_counts_as_read() throws Exception {
    var kept = artifacts.put("0123456789", "text/plain");

    try (var content = artifacts.open(kept.sha256()).orElseThrow()) {
      content.skipNBytes(4);
      assertThat((char) content.read()).isEqualTo('4');
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("56789");
    }
  }

  @Test
  void a_source_that_breaks_off_leaves_nothing() throws Exception {
    var breaking =
        new InputStream() {
          private int pieces = 3;

          @Override
          public int read() {
            throw new IllegalStateException("read in pieces");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (pieces-- == 0) {
              throw new IOException("the line went dead");
            }
            return length;
          }
        };

    assertThatThrownBy(() -> artifacts.put(breaking, "text/plain")).hasMessageContaining("dead");
    assertThat(files()).isEmpty();
  }

  @Test
  void no_name_leads_out_of_the_folder() throws Exception {
    Files.writeString(folder.resolve("secret"), "hidden");

    for (var name :
        List.of("../secret", "../../secret", "", "/etc/passwd", "A".repeat(64), "0".repeat(65))) {
      assertThat(artifacts.open(name)).as(name).isEmpty();
    }
    assertThat(artifacts.open("0".repeat(64))).isEmpty();
  }

  private String read(ArtifactRef kept) throws IOException {
    try (var content = artifacts.open(kept.sha256()).orElseThrow()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (var found = Files.walk(root)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}

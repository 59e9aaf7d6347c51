package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that open what a factory has stored, in a shell that has none of its models' keys.
class StoredTest {
  @TempDir Path folder;

  @Test
  void a_workflow_whose_model_has_no_key_here_still_says_where_its_data_is() throws Exception {
    write(
        "WORKFLOW.md",
        """
        ---
        tracker: {kind: folder, provider: {path: tickets}}
        factory: {repo: {url: 'https://git.example.com/acme/orders.git'}}
        ---
        Do it.
        """);

    assertThat(run("config", "check")).isEqualTo(1);
    assertThat(said()).contains("OPENAI_API_KEY is not set");
    assertThat(run("token", "create", "ann")).isZero();
    assertThat(run("token", "ls")).isZero();
    assertThat(said()).contains("ann");
    assertThat(folder.resolve(".millwright/local")).isDirectoryContaining("glob:**/orders-*");
  }

  @Test
  void settings_that_are_wrong_elsewhere_do_not_keep_from_the_data() throws Exception {
    write("millwright.yaml", "data: kept\nline: {capacity: {codegen: many}}\n");

    assertThat(run("token", "create", "ann")).isZero();
    assertThat(folder.resolve("kept")).isDirectory();
  }

  @Test
  void a_journal_that_is_not_there_is_not_intact_and_is_not_made() throws Exception {
    write("millwright.yaml", "data: kept\n");

    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(run("audit", "export", "--data", "elsewhere")).isEqualTo(1);
    assertThat(said()).contains("no journal in", "kept", "elsewhere").doesNotContain("intact");
    assertThat(folder).isDirectoryNotContaining("glob:**/{kept,elsewhere}");
  }

  @Test
  void what_is_no_export_is_called_so() throws Exception {
    write("millwright.yaml", "data: kept\n");
    write("list.txt", "junk\n");

    assertThat(run("audit", "verify", "--against", folder + "/list.txt")).isEqualTo(2);
    assertThat(run("audit", "verify", "--against", folder + "/none")).isEqualTo(2);
    assertThat(said())
        .contains("list.txt is no export of a journal", "there is no such file")
        .doesNotContain("StreamReadFeature");
  }

  @Test
  void a_folder_that_is_everybodys_is_neither_shut_to_others_nor_taken_for_data() throws Exception {
    write("millwright.yaml", "repos: {orders: {url: .}}\n");
    var shared = Files.createDirectory(folder.resolve("shared"));
    Files.writeString(shared.resolve("others.txt"), "theirs");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(run("up", "--port", "0", "--data", "shared")).isEqualTo(1);
    assertThat(said()).contains("is everybody's", "--data");
    assertThat(Files.getPosixFilePermissions(shared)).contains(PosixFilePermission.OTHERS_WRITE);
  }

  @Test
  void a_data_directory_that_cannot_be_one_is_said_with_the_reason() throws Exception {
    write("millwright.yaml", "repos: {orders: {url: .}}\n");

    assertThat(run("up", "--port", "0", "--data", "millwright.yaml")).isEqualTo(1);
    assertThat(said()).contains("data directory", "cannot be made");
  }

  @Test
  void settings_that_are_wrong_about_the_journal_do() throws Exception {
    write("millwright.yaml", "data: kept\nstorage: {url: 'mysql://there'}\n");

    assertThat(run("audit", "verify")).isEqualTo(2);
    assertThat(said()).contains("storage.url");
  }

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private int run(String... arguments) {
    var both = new PrintStream(output, true, StandardCharsets.UTF_8);
    var environment = Map.of("NO_COLOR", "1", "HOME", folder.toString());
    return Millwright.run(arguments, both, both, environment, folder);
  }
}

package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void settings_that_are_wrong_elsewhere_do_not_keep_from_the_journal() throws Exception {
    write("millwright.yaml", "data: kept\nline: {capacity: {codegen: many}}\n");

    assertThat(run("audit", "verify")).isZero();
    assertThat(said()).contains("intact");
    assertThat(folder.resolve("kept")).isDirectory();
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

package dev.millwright.codegen.adapter.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.recipes.RecipeProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileRecipeInputTest {
  @TempDir Path folder;
  private Path root = Path.of("");
  private RecipeProcess checkout = new RecipeProcess(root);

  @BeforeEach
  void make() throws Exception {
    root = Files.createDirectory(folder.resolve("checkout"));
    checkout = new RecipeProcess(root);
    checkout.with("README.md", "say old\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | (document)",
        "[] | (document)",
        "{} {} | (document)",
        "{\"recipe\": \"a\", \"recipe\": \"b\"} | (document)",
        "{\"recipe\": 7} | recipe",
        "{\"recipe\": \"dig-a-hole\"} | recipe",
        "{\"recipe\": \"java.lang.Runtime\"} | recipe",
        "{\"recipe\": \"org.openrewrite.yaml.YamlParser\"} | recipe",
        "{\"recipes\": []} | recipes",
        "{\"recipes\": [{\"recipe\": \"order-imports\", \"shell\": \"ls\"}]} | recipes[0].shell",
        "{\"recipe\": \"order-imports\", \"options\": {\"a\": {}}} | options.a",
        "{\"recipe\": \"order-imports\", \"options\": {\"fast\": \"1\"}} | options.fast",
        "{\"recipe\": \"change-method\", \"options\": {\"from\": \"x\"}} | options.to",
        "{\"recipe\": \"change-package\", \"options\": {\"from\":\"a\",\"to\":\"../b\"}} | options.to"
      })
  void input_that_makes_no_sense_is_named_by_field_and_value(String input, String field)
      throws Exception {
    Ended ended = checkout.send(input);

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.status()).isEqualTo("failed");
    assertThat(ended.summary()).startsWith("field '" + field + "': value '");
    assertThat(ended.errors()).doesNotContain("\tat ");
  }

  @Test
  void a_document_without_end_is_refused() throws Exception {
    Ended ended = checkout.send("{\"recipe\": \"" + "a".repeat(2 << 20));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.summary()).contains("smaller document");
  }

  @ParameterizedTest
  @CsvSource({"../*.md", "/etc/*", "docs/../../x", "[*.md"})
  void a_glob_cannot_leave_the_checkout(String glob) throws Exception {
    Ended ended = checkout.run("replace-text", "path", glob, "find", "old", "replace", "new");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.summary()).startsWith("field 'options.path'");
  }

  @Test
  void links_out_of_the_checkout_are_not_followed() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.md"), "say old\n");
    Path folderOutside = Files.createDirectory(folder.resolve("elsewhere"));
    Path inside = Files.writeString(folderOutside.resolve("a.md"), "say old\n");
    Files.createSymbolicLink(root.resolve("link.md"), outside);
    Files.createSymbolicLink(root.resolve("docs"), folderOutside);

    Ended ended = checkout.run("replace-text", "path", "**/*.md", "find", "old", "replace", "new");

    assertThat(ended.changed()).containsExactly("README.md");
    assertThat(outside).hasContent("say old");
    assertThat(inside).hasContent("say old");
  }

  @Test
  void a_changelog_that_is_a_link_is_refused() throws Exception {
    Path outside = Files.writeString(folder.resolve("victim"), "precious\n");
    Files.createSymbolicLink(root.resolve("CHANGELOG.md"), outside);

    Ended ended = checkout.run("changelog-entry", "section", "Fixed", "text", "x");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.summary()).contains("symbolic link");
    assertThat(outside).hasContent("precious");
  }

  @Test
  void a_recipe_cannot_write_outside_the_checkout() throws Exception {
    Ended ended = create("../escaped.md");

    assertThat(ended.status()).isNotEqualTo("changed");
    assertThat(folder.resolve("escaped.md")).doesNotExist();
  }

  @Test
  void a_recipe_cannot_write_into_git() throws Exception {
    Ended ended = create(".git/hooks/post-checkout");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.summary()).contains("git's own directory");
    assertThat(root.resolve(".git")).doesNotExist();
  }

  @Test
  void a_huge_file_is_left_alone_and_said_so() throws Exception {
    checkout.with("huge.md", "old ".repeat(1 << 20));

    Ended ended = checkout.run("replace-text", "path", "*.md", "find", "old", "replace", "new");

    assertThat(ended.changed()).containsExactly("README.md");
    assertThat(ended.messages()).anyMatch(message -> message.startsWith("huge.md has 4194304"));
  }

  @Test
  void a_source_nested_without_end_ends_in_a_result() throws Exception {
    checkout.with(
        "src/main/java/A.java",
        "class A { int a = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "; }");

    Ended ended = checkout.run("remove-unused-imports");

    assertThat(ended.code()).isBetween(0, 1);
    assertThat(ended.status()).isIn("unchanged", "failed");
  }

  @Test
  void bytes_that_are_no_text_stay_as_they_are() throws Exception {
    byte[] latin = {'o', 'l', 'd', (byte) 0xe9};
    Files.write(root.resolve("latin.md"), latin);

    checkout.run("replace-text", "path", "*.md", "find", "old", "replace", "new");

    assertThat(root.resolve("latin.md")).hasBinaryContent(latin);
  }

  private Ended create(String path) throws Exception {
    return checkout.run(
        "org.openrewrite.text.CreateTextFile",
        "fileContents",
        "x",
        "relativeFileName",
        path,
        "overwriteExisting",
        "true");
  }
}

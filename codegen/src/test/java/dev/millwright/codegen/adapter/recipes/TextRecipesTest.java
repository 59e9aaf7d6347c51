package dev.millwright.codegen.adapter.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.recipes.RecipeProcess.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextRecipesTest {
  private static final String CHANGELOG =
      """
      # Changelog

      ## [Unreleased]

      ### Fixed

      - One.

      ## [1.0.0]

      ### Added

      - Everything.
      """;

  @TempDir Path root;
  private RecipeProcess checkout = new RecipeProcess(Path.of(""));

  @BeforeEach
  void make() {
    checkout = new RecipeProcess(root);
  }

  @Test
  void text_is_replaced_in_the_named_files_only() throws Exception {
    checkout.with("README.md", "run `old`\r\nand `old`\r\n");
    checkout.with("docs/deep/a.md", "old\n");
    checkout.with("docs/a.txt", "old\n");

    Ended ended = checkout.run("replace-text", "path", "**/*.md", "find", "old", "replace", "$1");

    assertThat(ended.changed()).containsExactly("README.md", "docs/deep/a.md");
    assertThat(checkout.read("README.md")).isEqualTo("run `$1`\r\nand `$1`\r\n");
    assertThat(checkout.read("docs/a.txt")).isEqualTo("old\n");
  }

  @Test
  void an_entry_joins_its_section() throws Exception {
    checkout.with("CHANGELOG.md", CHANGELOG);

    entry("Fixed", "Two.\n## [9.9.9]");

    assertThat(checkout.read("CHANGELOG.md"))
        .isEqualTo(CHANGELOG.replace("- One.\n", "- One.\n- Two.\n  ## [9.9.9]\n"));
  }

  @Test
  void a_missing_section_is_made_in_its_place() throws Exception {
    checkout.with("CHANGELOG.md", CHANGELOG);

    entry("Added", "Zero.");
    entry("Security", "Three.");

    assertThat(checkout.read("CHANGELOG.md"))
        .isEqualTo(
            CHANGELOG.replace(
                "### Fixed\n\n- One.\n",
                "### Added\n\n- Zero.\n\n### Fixed\n\n- One.\n\n### Security\n\n- Three.\n"));
  }

  @Test
  void a_missing_heading_is_made_above_the_releases() throws Exception {
    checkout.with("CHANGELOG.md", "# Changelog\n\n## [1.0.0]\n\n### Added\n\n- Everything.\n");

    entry("Fixed", "One.");

    assertThat(checkout.read("CHANGELOG.md")).isEqualTo(CHANGELOG);
  }

  @Test
  void a_missing_changelog_is_made() throws Exception {
    entry("Changed", "One.");

    assertThat(checkout.read("CHANGELOG.md"))
        .isEqualTo("# Changelog\n\n## [Unreleased]\n\n### Changed\n\n- One.\n");
  }

  @Test
  void an_entry_is_not_added_twice() throws Exception {
    entry("Changed", "One.");

    assertThat(entry("Changed", "One.").status()).isEqualTo("unchanged");
  }

  private Ended entry(String section, String text) throws Exception {
    return checkout.run("changelog-entry", "section", section, "text", text);
  }
}

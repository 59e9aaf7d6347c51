package dev.millwright.shared.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/configuration.md");

  /// `-Dmillwright.write-docs=true` writes the page instead of comparing it.
  @Test
  void the_reference_page_is_what_the_declarations_say() throws IOException {
    if (Boolean.getBoolean("millwright.write-docs")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, SettingsReference.markdown());
    }

    assertThat(PAGE)
        .as("run with -Dmillwright.write-docs=true to write it")
        .hasContent(SettingsReference.markdown());
  }

  @Test
  void the_keys_of_a_workflow_file_are_those_of_its_page() throws IOException {
    var page = Path.of("../docs/symphony.md");
    var table = "<!-- keys -->\n" + SettingsReference.workflow() + "<!-- end of keys -->";
    if (Boolean.getBoolean("millwright.write-docs")) {
      var text = Files.readString(page);
      Files.writeString(
          page,
          text.replaceAll(
              "(?s)<!-- keys -->.*<!-- end of keys -->", Matcher.quoteReplacement(table)));
    }

    assertThat(page).content().contains(table);
  }

  @Test
  void every_key_has_a_section_and_a_row() {
    var page = SettingsReference.markdown();

    assertThat(Keys.ALL).allSatisfy(key -> assertThat(page).contains("| `" + key.path() + "` |"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void the_schema_closes_every_group() {
    var schema = SettingsSchema.schema();
    var properties = (Map<String, Map<String, Object>>) requireNonNull(schema.get("properties"));

    assertThat(schema).containsEntry("additionalProperties", false);
    assertThat(properties.keySet()).containsExactlyElementsOf(Keys.SECTIONS.keySet());
    assertThat(properties.get("server")).containsEntry("additionalProperties", false);
    assertThat(properties.get("watch")).containsEntry("type", "array");
  }
}

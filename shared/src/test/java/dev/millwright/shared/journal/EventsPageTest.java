package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/events.md");

  /// `-Dmillwright.write-docs=true` writes the page instead of comparing it.
  @Test
  void the_reference_page_is_what_is_written() throws IOException {
    if (Boolean.getBoolean("millwright.write-docs")) {
      Files.writeString(PAGE, EventsPage.markdown());
    }

    assertThat(PAGE)
        .as("run with -Dmillwright.write-docs=true to write it")
        .hasContent(EventsPage.markdown());
  }

  @Test
  void every_event_has_its_meaning() {
    assertThat(EventsPage.MEANING.keySet()).containsExactlyInAnyOrderElementsOf(EventsPage.names());
  }
}

package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifecyclePageTest {
  private static final Path PAGE = Path.of("../docs/reference/work-item-lifecycle.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");

  @Test
  void every_name_of_the_lifecycle_is_on_its_page() throws IOException {
    var words =
        QUOTED
            .matcher(Files.readString(PAGE))
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toSet());

    var names = new TreeSet<String>(Outcome.WIRE_NAMES);
    Arrays.stream(Known.class.getPermittedSubclasses()).forEach(it -> names.add(lower(it)));
    Stream.<Enum<?>[]>of(
            Stage.values(),
            WaitingOn.values(),
            Result.values(),
            FailureKind.values(),
            Decision.Verb.values(),
            Verdict.Reason.values())
        .flatMap(Arrays::stream)
        .forEach(it -> names.add(it.name().toLowerCase(Locale.ROOT)));
    Stream.of(Counters.class, Limits.class)
        .flatMap(it -> Arrays.stream(it.getRecordComponents()))
        .forEach(it -> names.add(it.getName()));

    assertThat(words).containsAll(names);
  }

  @Test
  void the_page_names_the_limits_in_force() throws IOException {
    var usual = Limits.DEFAULT;

    assertThat(Files.readString(PAGE))
        .contains("| `failures` | " + usual.failures() + " |")
        .contains("| `continuations` | " + usual.continuations() + " |")
        .contains("| `losses` | " + usual.losses() + " |")
        .contains("| `backoff` | " + usual.backoff().toSeconds() + " s |")
        .contains("| `longestBackoff` | " + usual.longestBackoff().toMinutes() + " min |");
  }

  @Test
  void every_state_is_in_the_diagram() throws IOException {
    var page = Files.readString(PAGE);
    var diagram = page.substring(page.indexOf("stateDiagram-v2"), page.indexOf("```\n\n", 200));

    for (var state : Known.class.getPermittedSubclasses()) {
      assertThat(diagram).contains(state.getSimpleName());
    }
  }

  @Test
  void the_outcomes_have_the_names_they_are_told_by() {
    assertThat(Outcome.class.getPermittedSubclasses())
        .extracting(it -> it.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
        .extracting(it -> it.toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrderElementsOf(Outcome.WIRE_NAMES);
  }

  private static String lower(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }
}

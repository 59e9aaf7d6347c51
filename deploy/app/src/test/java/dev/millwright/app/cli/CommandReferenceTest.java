package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/cli.md");

  /// `-Dmillwright.write-docs=true` writes the page instead of comparing it.
  @Test
  void the_page_is_what_the_commands_say() throws IOException {
    if (Boolean.getBoolean("millwright.write-docs")) {
      Files.writeString(PAGE, page());
    }

    assertThat(PAGE).as("run with -Dmillwright.write-docs=true to write it").hasContent(page());
  }

  private static String page() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    var terminal =
        Terminal.plain(InputStream.nullInputStream(), nowhere, nowhere, Map.of("COLUMNS", "100"));
    var text =
        new StringBuilder(
            """
            # Commands

            Made from the commands themselves; `millwright help COMMAND` says the same. `./millwright` in the checkout is the program; the pages say
            `millwright` for a link to it on your path. An item's id may be shortened to any beginning that no other item has.

            | exit code | means |
            |---|---|
            | 0 | done |
            | 1 | the work failed or was refused |
            | 2 | used wrongly |
            | 3 | no factory answers |
            | 4 | not allowed |

            `MILLWRIGHT_URL` says where the factory is (`http://127.0.0.1:7420` unless told), `MILLWRIGHT_TOKEN` who you are. `NO_COLOR` turns colours
            off; they are off anyway where nobody watches. Answers go to stdout, everything else to stderr. `--json` prints exactly what the factory
            said, with names in `snake_case`.
            """);
    var all = Commands.complete(new Context(terminal, Map.of(), Path.of("")));
    all.getSubcommands().values().forEach(command -> section(command, text));
    return text.append(
            "\n"
                + "## test, maven\n\n"
                + "The launcher's own: `./millwright test` runs what CI runs, `./millwright maven"
                + " ARGS` runs Maven on its JDK.\n")
        .toString();
  }

  private static void section(CommandLine command, StringBuilder text) {
    var spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    if (command.getSubcommands().isEmpty()) {
      text.append("\n## ").append(spec.qualifiedName().replaceFirst("^millwright ", ""));
      text.append("\n\n").append(oneLine(spec.usageMessage().description())).append('\n');
      var synopsis = command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
      text.append("\n```\n").append(synopsis).append("\n```\n");
      rows(spec.positionalParameters(), spec.options(), text);
      var more = oneLine(spec.usageMessage().footer());
      text.append(more.isEmpty() ? "" : "\n" + more + "\n");
    } else {
      command.getSubcommands().values().forEach(below -> section(below, text));
    }
  }

  private static void rows(
      List<? extends ArgSpec> parameters, List<OptionSpec> options, StringBuilder text) {
    var rows = new StringBuilder();
    parameters.forEach(each -> row(each.paramLabel(), each, rows));
    options.stream()
        .filter(option -> !option.usageHelp())
        .forEach(option -> {
          var names = String.join(", ", option.names());
          row(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option, rows);
        });
    if (!rows.isEmpty()) {
      text.append("\n| argument | |\n|---|---|\n").append(rows);
    }
  }

  private static void row(String name, ArgSpec each, StringBuilder rows) {
    var about = oneLine(each.description()).replace("|", "\\|");
    rows.append("| `").append(name).append("` | ").append(about).append(" |\n");
  }

  private static String oneLine(String... lines) {
    return String.join(" ", lines).replace("%n", " ").replaceAll("\\s+", " ").strip();
  }
}

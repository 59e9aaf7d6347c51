package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.Factories;
import dev.millwright.app.FactoryRunner;
import dev.millwright.shared.journal.AuditTrail;
import dev.millwright.shared.journal.DatabaseUnusable;
import dev.millwright.shared.journal.Heads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `audit`.
@Command(
    name = "audit",
    description =
        "Verifies and exports the journal. Reads the database itself: an embedded one while no"
            + " factory runs on it, PostgreSQL at any time.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
  private final Context context;
  private final Terminal terminal;

  AuditCommand(Context context) {
    this.context = context;
    this.terminal = context.terminal();
  }

  @Command(
      name = "verify",
      description = "Computes every hash again; 1 when the journal is not what was written.")
  int verify(
      @Mixin Configuration configuration,
      @Option(
              names = "--against",
              paramLabel = "F",
              description = "Also hold it against this earlier export, whole or heads.")
          @Nullable Path against,
      @Option(names = "--json", description = "Print JSON, for programs.") boolean json) {
    var kept = against == null ? Heads.NONE : heads(against);
    return read(
        configuration,
        trail -> {
          var report = trail.verify(kept, this::progress);
          if (json) {
            terminal.say(Json.pretty(asJson(report)));
          } else {
            print(report);
          }
          return report.isIntact() ? Exit.DONE : Exit.FAILED;
        });
  }

  private int read(Configuration configuration, Factories.Reading<Integer> reading) {
    var settings = configuration.stored(context);
    if (!Factories.hasJournal(settings)) {
      throw new Failure(
          Exit.FAILED,
          "There is no journal in " + settings.data() + ": no factory has run there.",
          "Go to the folder of the factory's settings, or name its data with --data.");
    }
    try {
      return Factories.read(settings, reading);
    } catch (FactoryRunner.CannotStart held) {
      throw new Failure(
          Exit.FAILED,
          String.valueOf(held.getMessage()),
          "Stop it first: only one process at a time can open an embedded journal.",
          "With storage.url the journal is in PostgreSQL, and can be read while the factory runs.");
    } catch (DatabaseUnusable unusable) {
      throw new Failure(Exit.FAILED, String.valueOf(unusable.getMessage()), unusable.fix());
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "The journal cannot be read: " + Words.why(e));
    }
  }

  private void print(AuditTrail.Report report) {
    report
        .broken()
        .forEach(b ->
            terminal.say(
                terminal.red("broken ")
                    + Words.line(b.item() + " #" + b.sequence() + ": " + b.reason())));
    var counted = report.events() + " events of " + report.items() + " items";
    terminal.say(
        report.isIntact()
            ? terminal.green("intact") + "  " + counted
            : terminal.red(report.broken().size() + " broken") + "  " + counted);
  }

  private static Heads heads(Path export) {
    try (var lines = Files.newInputStream(export)) {
      return Heads.read(lines);
    } catch (JsonProcessingException _) {
      throw new Failure(Exit.USED_WRONGLY, export + " is no export of a journal.");
    } catch (IOException e) {
      throw new Failure(
          Exit.USED_WRONGLY, "The export " + export + " cannot be read: " + Words.why(e) + ".");
    }
  }

  private void progress(long events) {
    if (terminal.live()) {
      terminal.err().print("\r" + events + " events\033[K\r");
      terminal.err().flush();
    }
  }

  private static JsonNode asJson(AuditTrail.Report report) {
    var answer =
        Json.object()
            .put("intact", report.isIntact())
            .put("items", report.items())
            .put("events", report.events());
    var broken = answer.putArray("broken");
    report
        .broken()
        .forEach(b ->
            broken
                .addObject()
                .put("item", b.item())
                .put("seq", b.sequence())
                .put("reason", b.reason()));
    return answer;
  }

  @Command(name = "export", description = "Writes every event as a line of JSON.")
  int export(
      @Mixin Configuration configuration,
      @Option(names = "--output", paramLabel = "F", description = "Into this file; else to stdout.")
          @Nullable Path output,
      @Option(
              names = "--heads",
              description = "Only the newest event's hash of each item, to verify against.")
          boolean heads) {
    return read(
        configuration,
        trail -> {
          try (var file =
              output == null
                  ? OutputStream.nullOutputStream()
                  : written(context.folder().resolve(output))) {
            var out = output == null ? terminal.out() : file;
            if (heads) {
              trail.exportHeads(out);
            } else {
              trail.export(out);
            }
          }
          return Exit.DONE;
        });
  }

  private static OutputStream written(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw new Failure(
          Exit.USED_WRONGLY, "The export cannot be written to " + file + ": " + Words.why(e) + ".");
    }
  }
}

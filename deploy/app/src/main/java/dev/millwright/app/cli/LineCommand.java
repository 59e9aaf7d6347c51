package dev.millwright.app.cli;

import dev.millwright.shared.settings.Spelling;
import dev.millwright.shared.workitem.Stage;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pause` and `resume`.
abstract class LineCommand extends ClientCommand {
  @Option(
      names = "--stage",
      paramLabel = "S",
      completionCandidates = Choices.Stages.class,
      description = "Only this stage: ${COMPLETION-CANDIDATES}.")
  @Nullable String stage;

  @Option(names = "--repo", paramLabel = "R", description = "Only this repository.")
  @Nullable String repo;

  private final String verb;
  private final String done;

  LineCommand(Context context, String verb, String done) {
    super(context);
    this.verb = verb;
    this.done = done;
  }

  @Override
  public Integer call() {
    var body = Json.object();
    if (stage != null) {
      body.put("stage", known(stage));
    }
    if (repo != null) {
      body.put("repo", repo);
    }
    factory().post("/api/v1/" + verb, body);
    var what = new StringJoiner(" and ").setEmptyValue("the whole line");
    if (stage != null) {
      what.add("stage " + stage);
    }
    if (repo != null) {
      what.add("repository " + Words.line(repo));
    }
    terminal.say(done + " " + what);
    return Exit.DONE;
  }

  private static String known(String stage) {
    if (Stage.parse(stage).isPresent()) {
      return stage;
    }
    var all = Arrays.stream(Stage.values()).map(Stage::wire).toList();
    throw new Failure(
        Exit.USED_WRONGLY,
        "There is no stage '" + Words.line(stage) + "'.",
        Spelling.nearest(stage, all)
            .map(word -> "Did you mean " + word + "?")
            .orElse("There are " + String.join(", ", all) + "."));
  }

  /// `pause`.
  @Command(
      name = "pause",
      description = "Takes nothing new; what runs goes on. Survives a restart.")
  static final class Pause extends LineCommand {
    Pause(Context context) {
      super(context, "pause", "paused");
    }
  }

  /// `resume`.
  @Command(
      name = "resume",
      description = "Undoes pause with the same options; with none, everything runs again.")
  static final class Resume extends LineCommand {
    Resume(Context context) {
      super(context, "resume", "resumed");
    }
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands by which a person decides about one item.
abstract class Decide extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  private final String verb;
  private final String done;

  Decide(Context context, String verb, String done) {
    super(context);
    this.verb = verb;
    this.done = done;
  }

  /// What is said with the decision.
  ObjectNode body() {
    return Json.object();
  }

  @Override
  public Integer call() {
    var factory = factory();
    var said = body();
    var item =
        factory.about(id, exact -> factory.post(FactoryClient.item(exact) + "/" + verb, said));
    var state = ItemWords.state(item);
    terminal.say(
        terminal.green(done)
            + " "
            + ItemWords.text(item, "id")
            + (state.isBlank()
                ? ""
                : terminal.dim("  now " + state + " at " + ItemWords.text(item, "stage"))));
    return Exit.DONE;
  }

  private static void mustSay(String option, String text) {
    if (text.isBlank()) {
      throw new Failure(Exit.USED_WRONGLY, option + " must say something.");
    }
  }

  /// `approve`.
  @Command(name = "approve", description = "Approves an item's change, or starting it at all.")
  static final class Approve extends Decide {
    @Option(names = "--comment", paramLabel = "TEXT", description = "What you want to say with it.")
    @Nullable String comment;

    @Option(
        names = "--commit",
        paramLabel = "SHA",
        description = "The commit you looked at; refused if the change is another one by now.")
    @Nullable String commit;

    Approve(Context context) {
      super(context, "approve", "approved");
    }

    @Override
    ObjectNode body() {
      var said = Json.object();
      if (comment != null) {
        said.put("comment", comment);
      }
      if (commit != null) {
        said.put("commit", commit);
      }
      return said;
    }
  }

  /// `reject`.
  @Command(name = "reject", description = "Ends an item: this is not wanted.")
  static final class Reject extends Decide {
    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; triage learns from it.")
    String reason = "";

    Reject(Context context) {
      super(context, "reject", "rejected");
    }

    @Override
    ObjectNode body() {
      mustSay("--reason", reason);
      return Json.object().put("reason", reason);
    }
  }

  /// `rework`.
  @Command(name = "rework", description = "Sends an item's change back to codegen with a comment.")
  static final class Rework extends Decide {
    @Option(
        names = "--comment",
        required = true,
        paramLabel = "TEXT",
        description = "What has to be different.")
    String comment = "";

    Rework(Context context) {
      super(context, "rework", "sent back");
    }

    @Override
    ObjectNode body() {
      mustSay("--comment", comment);
      return Json.object().put("comment", comment);
    }
  }

  /// `answer`.
  @Command(name = "answer", description = "Answers the question an item waits on.")
  static final class Answer extends Decide {
    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The answer.")
    String text = "";

    Answer(Context context) {
      super(context, "answer", "answered");
    }

    @Override
    ObjectNode body() {
      mustSay("--text", text);
      return Json.object().put("text", text);
    }
  }

  /// `steer`.
  @Command(name = "steer", description = "Tells the agent that works on an item something.")
  static final class Steer extends Decide {
    @Option(
        names = "--text",
        required = true,
        paramLabel = "TEXT",
        description = "What it should know; heard at once, or at its next turn.")
    String text = "";

    Steer(Context context) {
      super(context, "steer", "told");
    }

    @Override
    ObjectNode body() {
      mustSay("--text", text);
      return Json.object().put("text", text);
    }
  }

  /// `cancel`.
  @Command(name = "cancel", description = "Stops an item, and what runs for it, for good.")
  static final class Cancel extends Decide {
    Cancel(Context context) {
      super(context, "cancel", "cancelled");
    }
  }

  /// `retry`.
  @Command(name = "retry", description = "Lets an item that gave up or waits try again now.")
  static final class Retry extends Decide {
    Retry(Context context) {
      super(context, "retry", "queued again");
    }
  }
}

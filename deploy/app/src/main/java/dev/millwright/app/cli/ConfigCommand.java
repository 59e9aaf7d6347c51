package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsSchema;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `config`.
@Command(
    name = "config",
    description = "Checks, shows and describes the settings.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
  private final Context context;
  private final Terminal terminal;

  ConfigCommand(Context context) {
    this.context = context;
    this.terminal = context.terminal();
  }

  @Command(name = "check", description = "Says everything that is wrong with the settings.")
  int check(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file.")
          @Nullable Path file,
      @Mixin Configuration configuration,
      @Option(names = "--json", description = "Print JSON, for programs.") boolean json) {
    var problems =
        switch (configuration.read(file, context)) {
          case Reading.Good(var settings, var warnings) ->
              Stream.concat(warnings.stream(), Configuration.toRun(settings, context).stream())
                  .toList();
          case Reading.Bad(var all, _) -> all;
        };
    boolean bad = problems.stream().anyMatch(Problem::isError);
    if (json) {
      terminal.say(Json.pretty(asJson(problems).put("ok", !bad)));
    } else {
      problems.forEach(problem -> terminal.say(Configuration.shown(problem, terminal)));
      terminal.say(bad ? terminal.red("not usable") : terminal.green("usable"));
    }
    return bad ? Exit.FAILED : Exit.DONE;
  }

  private static ObjectNode asJson(List<Problem> problems) {
    var answer = Json.object();
    var list = answer.putArray("problems");
    for (var problem : problems) {
      list.addObject()
          .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
          .put("file", problem.file())
          .put("line", problem.line())
          .put("key", problem.key())
          .put("message", problem.what())
          .put("fix", problem.fix());
    }
    return answer;
  }

  @Command(
      name = "show",
      description = "Prints the settings in force, defaults included, without secrets.")
  int show(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file.")
          @Nullable Path file,
      @Mixin Configuration configuration,
      @Option(names = "--json", description = "Print JSON; without it YAML-like lines.")
          boolean json) {
    var shown = asJson(configuration.load(file, context));
    if (json) {
      terminal.say(Json.pretty(shown));
    } else {
      lines(shown, "");
    }
    return Exit.DONE;
  }

  private void lines(ObjectNode node, String indent) {
    node.properties()
        .forEach(entry -> {
          if (entry.getValue() instanceof ObjectNode below && !below.isEmpty()) {
            terminal.say(indent + terminal.bold(entry.getKey()) + ":");
            lines(below, indent + "  ");
          } else {
            terminal.say(indent + entry.getKey() + ": " + Words.line(entry.getValue().toString()));
          }
        });
  }

  private static ObjectNode asJson(FactorySettings settings) {
    var all = Json.object();
    var server = all.putObject("server");
    server.put("host", settings.server().host()).put("port", settings.server().port());
    if (settings.server().publicUrl() != null) {
      server.put("public_url", settings.server().publicUrl().toString());
    }
    var tokens = server.putObject("tokens");
    settings.server().tokens().forEach((name, token) -> tokens.put(name, token.toString()));
    all.put("data", settings.data().toString());
    all.put("workspaces", settings.storage().workspaceFolder().toString());
    var url = settings.storage().url();
    all.putObject("storage")
        .put("url", url == null ? "embedded H2" : url.replaceAll("\\?.*", "?(hidden)"))
        .put("user", settings.storage().user())
        .put("password", settings.storage().password().toString());
    var repos = all.putObject("repos");
    settings
        .repos()
        .values()
        .forEach(repo ->
            repos
                .putObject(repo.name())
                .put("url", repo.url().replaceAll("//[^/@]*@", "//(hidden)@"))
                .put("base", repo.base())
                .put("forge", repo.forge())
                .put("workflow", repo.workflow()));
    boards(settings, all.putObject("boards"));
    var agents = all.putObject("agents");
    settings
        .agents()
        .values()
        .forEach(agent ->
            agents
                .putObject(agent.name())
                .put("kind", agent.kind())
                .put("command", agent.command()));
    all.putObject("sandbox")
        .put("kind", word(settings.sandbox().kind()))
        .put("image", settings.sandbox().image())
        .put("network", word(settings.sandbox().network()))
        .put("memory", (settings.sandbox().memoryBytes() >> 20) + "m")
        .put("pids", settings.sandbox().pids())
        .put("disk", (settings.sandbox().diskBytes() >> 20) + "m")
        .put("cpus", settings.sandbox().cpus());
    policy(settings, all.putObject("policy"));
    var line = all.putObject("line");
    for (var stage : Stage.values()) {
      line.put(stage.wire(), settings.line().of(stage));
    }
    line.put("signals", settings.line().signals());
    return all;
  }

  /// Without what its provider is told: only the adapter knows what of it is secret.
  private static void boards(FactorySettings settings, ObjectNode shown) {
    for (var board : settings.intake().boards().values()) {
      var one = shown.putObject(board.name()).put("kind", board.kind());
      if (board.repo() != null) {
        one.put("repo", board.repo());
      }
      board.selection().active().forEach(one.putArray("active_states")::add);
      board.selection().terminal().forEach(one.putArray("terminal_states")::add);
      board.selection().requiredLabels().forEach(one.putArray("required_labels")::add);
      one.put("every", board.pace().every().toMillis() + "ms")
          .put("max_concurrent", board.pace().most());
      var by = one.putObject("max_concurrent_by_state");
      board.pace().mostByState().forEach(by::put);
      one.putObject("write_back")
          .put("comments", board.writeBack().comments())
          .put("started", board.writeBack().started())
          .put("review", board.writeBack().review())
          .put("done", board.writeBack().done());
    }
  }

  private static void policy(FactorySettings settings, ObjectNode shown) {
    var policy = settings.policy();
    shown.put("autonomy", word(policy.autonomy()));
    var boundary = shown.putObject("boundary");
    policy.boundary().deny().forEach(boundary.putArray("deny")::add);
    boundary
        .put("max_files", policy.boundary().maxFiles())
        .put("max_lines", policy.boundary().maxLines());
    var budget = policy.budget();
    var item = shown.putObject("budgets").putObject("item");
    item.put("minutes", budget.time().toMinutes()).put("attempts", budget.attempts());
    if (budget.tokens() > 0) {
      item.put("tokens", budget.tokens());
    }
    if (budget.microDollars() > 0) {
      item.put("usd", budget.microDollars() / 1e6);
    }
    var review = shown.putObject("review");
    review.put("required_approvals", policy.review().requiredApprovals());
    if (policy.review().maxOpenPerRepo() > 0) {
      review.put("max_open_per_repo", policy.review().maxOpenPerRepo());
    }
    var lowRisk = shown.putObject("low_risk");
    policy.lowRisk().kinds().stream()
        .sorted()
        .map(ConfigCommand::word)
        .forEach(lowRisk.putArray("kinds")::add);
    policy.lowRisk().paths().forEach(lowRisk.putArray("paths")::add);
    shown
        .putObject("keep")
        .put("work", policy.keep().work().toHours() + "h")
        .put("templates", policy.keep().templates().toHours() + "h");
    if (!policy.aftercare().probe().isEmpty()) {
      shown
          .putObject("aftercare")
          .put("probe", policy.aftercare().probe())
          .put("window", policy.aftercare().window().toSeconds() + "s")
          .put("every", policy.aftercare().every().toSeconds() + "s");
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Command(name = "schema", description = "Prints the JSON Schema of millwright.yaml.")
  int schema() {
    terminal.say(Json.pretty(Json.tree(SettingsSchema.schema())));
    return Exit.DONE;
  }
}

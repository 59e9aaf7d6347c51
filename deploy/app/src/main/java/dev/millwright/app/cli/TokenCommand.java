package dev.millwright.app.cli;

import dev.millwright.app.cli.Table.Column;
import dev.millwright.shared.http.Role;
import dev.millwright.shared.http.TokenFile;
import dev.millwright.shared.settings.FactorySettings;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `token`.
@Command(
    name = "token",
    description =
        "Makes, lists and takes back the tokens of a factory's callers. Works in its data"
            + " directory; a running factory notices within a second.",
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
  private final Context context;
  private final Terminal terminal;

  TokenCommand(Context context) {
    this.context = context;
    this.terminal = context.terminal();
  }

  @Command(
      name = "create",
      description = "Makes a token and prints it, this once.",
      footer = {
        "",
        "reader looks; decider also brings work and decides about it; admin also pauses the line."
      })
  int create(
      @Parameters(paramLabel = "NAME", description = "Whose it is; said with every decision.")
          String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "decider",
              completionCandidates = Choices.Roles.class,
              description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
          String role,
      @Mixin Configuration configuration,
      @Option(names = "--json", description = "Print JSON, for programs.") boolean json) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
      throw new Failure(
          Exit.USED_WRONGLY,
          "'" + Words.line(name) + "' cannot be a token's name.",
          "Take letters, digits and . _ @ -, 64 at most.");
    }
    var may =
        Role.parse(role)
            .orElseThrow(() ->
                new Failure(
                    Exit.USED_WRONGLY,
                    "There is no role '" + Words.line(role) + "'.",
                    "There are reader, decider and admin."));
    var settings = configuration.stored(context);
    if (settings.server().tokens().containsKey(name)) {
      throw taken(name);
    }
    var tokens = new TokenFile(settings.data());
    boolean first = settings.server().tokens().isEmpty() && reading(tokens::list).isEmpty();
    var secret =
        reading(() -> tokens.create(name, may, Instant.now())).orElseThrow(() -> taken(name));
    if (json) {
      terminal.say(
          Json.pretty(
              Json.object().put("name", name).put("role", may.wire()).put("token", secret)));
    } else {
      terminal.say(secret);
    }
    terminal.note(
        terminal.dim("For the factory in " + settings.data() + "; it is shown only this once."));
    if (first) {
      terminal.note("From now on this factory asks everybody for a token.");
    }
    terminal.note("Use it: export MILLWRIGHT_TOKEN=…; in a browser the dashboard asks for it.");
    return Exit.DONE;
  }

  private static Failure taken(String name) {
    return new Failure(
        Exit.FAILED,
        "There is a token of " + name + " already.",
        "Take it back first, if it is lost: millwright token revoke " + name);
  }

  @Command(name = "ls", description = "Lists the tokens, never what their holders show.")
  int list(
      @Mixin Configuration configuration,
      @Option(names = "--json", description = "Print JSON, for programs.") boolean json) {
    var settings = configuration.stored(context);
    var made = reading(new TokenFile(settings.data())::list);
    if (json) {
      var answer = Json.object();
      var list = answer.putArray("tokens");
      settings
          .server()
          .tokens()
          .keySet()
          .forEach(name ->
              list.addObject().put("name", name).put("role", "admin").putNull("created_at"));
      made.forEach(token ->
          list.addObject()
              .put("name", token.name())
              .put("role", token.role().wire())
              .put("created_at", token.createdAt().toString()));
      terminal.say(Json.pretty(answer));
    } else if (made.isEmpty() && settings.server().tokens().isEmpty()) {
      terminal.note("No tokens: nobody is asked for one, and only this machine gets in.");
    } else {
      var table =
          new Table(Column.of("NAME"), Column.of("ROLE"), Column.of("CREATED"), Column.of("FROM"));
      settings
          .server()
          .tokens()
          .keySet()
          .forEach(name -> table.row(name, "admin", "", "server.tokens"));
      var now = Instant.now();
      made.forEach(token ->
          table.row(
              token.name(),
              token.role().wire(),
              Words.ago(token.createdAt().toString(), now),
              "token create"));
      table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
    }
    return Exit.DONE;
  }

  @Command(name = "revoke", description = "Takes a token back; it is refused from then on.")
  int revoke(
      @Parameters(paramLabel = "NAME", description = "Whose it is.") String name,
      @Mixin Configuration configuration) {
    FactorySettings settings = configuration.stored(context);
    if (settings.server().tokens().containsKey(name)) {
      throw new Failure(
          Exit.FAILED,
          "The token of " + name + " is in the settings, under server.tokens.",
          "Take it out there.");
    }
    var tokens = new TokenFile(settings.data());
    if (!reading(() -> tokens.revoke(name))) {
      throw new Failure(
          Exit.FAILED,
          "There is no token of '" + Words.line(name) + "' in " + settings.data() + ".",
          "See them: millwright token ls");
    }
    terminal.say(terminal.green("revoked") + " " + name);
    if (reading(tokens::list).isEmpty() && settings.server().tokens().isEmpty()) {
      terminal.note(
          settings.server().loopback()
              ? "It was the last: nobody on this machine is asked for a token any more."
              : "It was the last: nobody gets in until there is another.");
    }
    return Exit.DONE;
  }

  private static <T> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (UncheckedIOException e) {
      throw new Failure(
          Exit.FAILED,
          "The tokens cannot be read or written: " + Words.line(String.valueOf(e.getMessage())));
    }
  }
}

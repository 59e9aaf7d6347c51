package dev.millwright.app.cli;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Sandboxes;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`.
@Command(
    name = "doctor",
    description = "Checks this machine for what a factory needs; 1 when something is missing.")
final class DoctorCommand implements Callable<Integer> {
  private static final long LEAST_DISK = 5L << 30;
  private final Context context;

  @Mixin Configuration configuration = new Configuration();

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  DoctorCommand(Context context) {
    this.context = context;
  }

  /// One thing that was looked at; a fix that is empty means that all is well.
  record Finding(String name, String what, String fix) {}

  @Override
  public Integer call() {
    configuration.anywhere();
    var findings = new ArrayList<Finding>();
    findings.add(java());
    findings.add(program("git", "install git 2.39 or later"));
    findings.add(
        program(
            "mvn", "install Maven 3.8.7 or later; without it Maven projects cannot be checked"));
    switch (configuration.read(null, context)) {
      case Reading.Good(var read, var warnings) -> {
        configuration.tell(warnings, context);
        var settings = configuration.onTop(read, context);
        findings.addAll(machine(settings));
        findings.addAll(configured(settings));
      }
      case Reading.Bad(var problems, _) -> {
        problems.stream().filter(Problem::isError).map(DoctorCommand::wrong).forEach(findings::add);
        configuration.tell(problems.stream().filter(it -> !it.isError()).toList(), context);
        findings.addAll(machine(configuration.defaults(context)));
      }
    }
    print(findings);
    return findings.stream().allMatch(finding -> finding.fix().isEmpty()) ? Exit.DONE : Exit.FAILED;
  }

  /// What holds for any factory here; where the settings cannot be read, by the defaults.
  private static List<Finding> machine(FactorySettings settings) {
    return List.of(disk(settings.data()), sandbox(settings), limits(settings));
  }

  /// What only the settings can tell to look for.
  private List<Finding> configured(FactorySettings settings) {
    var findings = new ArrayList<Finding>();
    findings.add(port(settings));
    findings.add(database(settings));
    settings.agents().values().stream()
        .filter(a -> !a.command().isBlank())
        .map(this::agent)
        .forEach(findings::add);
    settings.intake().webhooks().values().stream()
        .map(DoctorCommand::webhook)
        .forEach(findings::add);
    findings.addAll(BoardChecks.findings(settings, context.environment()));
    if (settings.agents().values().stream().anyMatch(a -> !a.models().isEmpty())) {
      findings.add(
          program(
              "socat",
              "install socat (apt-get install socat): agents reach the model gateway by it"));
    }
    return findings;
  }

  private static Finding wrong(Problem problem) {
    var where = problem.file() + (problem.line() > 0 ? ":" + problem.line() : "");
    var what = (problem.key().isEmpty() ? "" : problem.key() + ": ") + problem.what();
    var fix = problem.fix().isEmpty() ? "correct it; millwright config check" : problem.fix();
    return new Finding("settings", where + ": " + what, fix);
  }

  private void print(List<Finding> findings) {
    var terminal = context.terminal();
    if (json) {
      var answer = Json.object();
      var list = answer.putArray("checks");
      findings.forEach(f ->
          list.addObject()
              .put("name", f.name())
              .put("ok", f.fix().isEmpty())
              .put("what", f.what())
              .put("fix", f.fix()));
      terminal.say(Json.pretty(answer));
      return;
    }
    for (var f : findings) {
      boolean well = f.fix().isEmpty();
      terminal.say(
          (well ? terminal.green("✓ ") : terminal.red("✗ "))
              + Words.pad(f.name(), 16)
              + Words.line(f.what()));
      if (!well) {
        terminal.say("  " + Words.pad("", 16) + "→ " + Words.line(f.fix()));
      }
    }
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return new Finding(
        "java", Runtime.version().toString(), feature >= 25 ? "" : "install a JDK 25");
  }

  private Finding program(String name, String fix) {
    return onPath(name)
        ? new Finding(name, "found", "")
        : new Finding(name, "not on the PATH", fix);
  }

  private boolean onPath(String name) {
    for (var folder :
        context.environment().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  private static Finding disk(Path data) {
    try {
      Files.createDirectories(data);
      long free = Files.getFileStore(data).getUsableSpace();
      var what = (free >> 30) + " GiB free at " + data;
      return new Finding(
          "disk",
          what,
          free >= LEAST_DISK ? "" : "free some space, or name another folder with --data");
    } catch (IOException e) {
      return new Finding(
          "disk", data + " cannot be written: " + e, "name another folder with --data");
    }
  }

  private static Finding sandbox(FactorySettings settings) {
    return switch (Sandboxes.detect(settings.sandbox(), settings.data())) {
      case Detection.Available(var sandbox) ->
          new Finding(
              "sandbox",
              sandbox.name() + (sandbox.isolates() ? "" : ": NO ISOLATION, as configured"),
              "");
      case Detection.Missing(var reason, var fix) -> new Finding("sandbox", reason, fix);
    };
  }

  /// No reason to fail: without them there are other limits, which are weaker.
  private static Finding limits(FactorySettings settings) {
    return new Finding(
        "limits",
        Sandboxes.boundsTrees(settings.data())
            ? "control groups bound memory, processes and processors of each run"
            : "no control groups here: memory is bounded per process, processors are not."
                + " Start the factory by systemd with Delegate=yes to have them",
        "");
  }

  private static Finding port(FactorySettings settings) {
    var server = settings.server();
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(server.host()), server.port()));
      return new Finding("port", server.host() + ":" + server.port() + " is free", "");
    } catch (IOException e) {
      var where = server.host() + ":" + server.port();
      return answers(where)
          ? new Finding("port", "a factory answers at " + where, "")
          : new Finding(
              "port",
              where + ": " + e.getMessage(),
              "stop what listens there, or use another --port");
    }
  }

  private static boolean answers(String where) {
    try (var factory = new FactoryClient(URI.create("http://" + where), "")) {
      return factory.text("/health/live").contains("live");
    } catch (Failure | IllegalArgumentException _) {
      return false;
    }
  }

  private static Finding database(FactorySettings settings) {
    var url = settings.storage().url();
    if (url == null) {
      return new Finding("database", "embedded H2 under the data directory", "");
    }
    try (var connection =
        DriverManager.getConnection(
            url, settings.storage().user(), settings.storage().password().reveal())) {
      return new Finding("database", connection.getMetaData().getDatabaseProductVersion(), "");
    } catch (SQLException e) {
      return new Finding(
          "database",
          "does not answer: SQL state " + e.getSQLState(),
          "check storage.url, user and password, and that it runs");
    }
  }

  private static Finding webhook(WebhookSettings hook) {
    var address = "/hooks/" + hook.kind() + "/" + hook.name();
    return hook.secrets().current().isEmpty()
        ? new Finding(
            "webhook " + hook.name(),
            "has no secret, so every delivery is refused",
            "set webhooks." + hook.name() + ".secret to what the provider was given")
        : new Finding("webhook " + hook.name(), "is received at " + address, "");
  }

  /// A path within the checkout, or a line for the shell, is seen only where it runs.
  private Finding agent(AgentSettings agent) {
    var name = "agent " + agent.name();
    var program = agent.command().strip().split("\\s+", 2)[0];
    boolean found;
    if (program.matches("[A-Za-z0-9_.+-]+")) {
      found = onPath(program);
    } else if (program.matches("/[A-Za-z0-9_.+/-]+")) {
      found = Files.isExecutable(Path.of(program));
    } else {
      return new Finding(
          name, "a script or path; looked for in the clone of the repository when it runs", "");
    }
    return found
        ? new Finding(name, program + " found", "")
        : new Finding(
            name,
            program + (program.startsWith("/") ? " is no program" : " is not on the PATH"),
            "install it%s, or correct agents.%s.command".formatted(how(program), agent.name()));
  }

  /// The packages of the agents that are known, as docs/agents.md names them.
  private static String how(String program) {
    var npm =
        switch (program.substring(program.lastIndexOf('/') + 1)) {
          case "codex" -> "@openai/codex";
          case "claude" -> "@anthropic-ai/claude-code";
          case "gemini" -> "@google/gemini-cli";
          case "opencode" -> "opencode-ai";
          default -> "";
        };
    return npm.isEmpty() ? "" : " (npm install -g " + npm + ")";
  }
}

package dev.millwright.app.cli;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.validation.adapter.SandboxedChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a factory that starts has found, so that nobody has to guess what it will do.
final class Greeting {
  private static final int MOST_REPOS = 5;

  /// Said wherever results are shown that nothing isolated.
  static final String NO_ISOLATION =
      "NONE: agents and checks act as the factory's user, with all it may do";

  private Greeting() {}

  static List<String> of(FactorySettings settings, Terminal terminal) {
    var lines = new ArrayList<String>();
    settings.repos().values().stream()
        .limit(MOST_REPOS)
        .forEach(repo -> {
          lines.add(
              fact(
                  "repository",
                  repo.name()
                      + ", changes land on "
                      + repo.base()
                      + terminal.dim("  " + repo.url().replaceAll("//[^/@]*@", "//")),
                  terminal));
          checks(repo, terminal).forEach(check -> lines.add(fact("checks", check, terminal)));
        });
    if (settings.repos().size() > MOST_REPOS) {
      lines.add(fact("", "and " + (settings.repos().size() - MOST_REPOS) + " more", terminal));
    }
    settings.intake().boards().values().stream()
        .limit(MOST_REPOS)
        .forEach(board ->
            lines.add(
                fact(
                    "board",
                    board.name()
                        + ", looked at every "
                        + Words.span(board.pace().every())
                        + (board.writeBack().equals(BoardSettings.WriteBack.NOTHING)
                            ? terminal.dim("  nothing is written on it")
                            : ""),
                    terminal)));
    var agents = String.join(", ", settings.agents().keySet());
    boolean onlyRecipes =
        settings.agents().values().stream().allMatch(agent -> agent.kind().equals("recipes"));
    lines.add(
        fact(
            "agents",
            agents
                + (onlyRecipes
                    ? terminal.dim("  mechanical changes only; name others in millwright.yaml")
                    : ""),
            terminal));
    if (settings.sandbox().kind() == SandboxSettings.Kind.NONE) {
      lines.add(fact("sandbox", terminal.red(NO_ISOLATION), terminal));
    }
    lines.add(fact("data", settings.data().toString(), terminal));
    return lines;
  }

  private static String fact(String name, String value, Terminal terminal) {
    return terminal.dim(Words.pad(name, 12)) + value;
  }

  /// What validation will run, as far as a look at the files tells; nothing for what is not here.
  private static List<String> checks(RepoSettings repo, Terminal terminal) {
    try {
      var top = Path.of(repo.url());
      if (top.isAbsolute() && !Files.exists(top)) {
        return List.of(terminal.red("none: there is no " + top));
      }
      if (!Files.isDirectory(top.resolve(".git"))) {
        return List.of();
      }
      var found = SandboxedChecks.found(top);
      if (Files.exists(top.resolve(repo.workflow()))) {
        return List.of(
            "what " + repo.workflow() + " says" + found.map(it -> ", else " + it).orElse(""));
      }
      return List.of(
          found.orElse("none found: name them in " + repo.workflow() + ", or nothing is proved"));
    } catch (IllegalArgumentException _) {
      return List.of(); // An address, not a folder.
    }
  }
}

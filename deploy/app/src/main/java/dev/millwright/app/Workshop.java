package dev.millwright.app;

import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.release.port.Forge;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Upkeep;
import dev.millwright.shared.workspace.WorkspaceFolders;
import dev.millwright.shared.workspace.Workspaces;
import dev.millwright.triage.adapter.JournalMemory;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What the stages work with: repositories, workspaces, isolation, boards.
record Workshop(
    SettingsWatch live,
    Sandbox sandbox,
    Mirrors mirrors,
    Workspaces workspaces,
    Forge forge,
    HttpGateway gateway,
    Boards boards,
    JournalMemory memory,
    Clock clock) {

  /// The boards, and what became of their tickets.
  record Boards(BoardSource source, BoardLedger ledger) {}

  /// Fails when nothing isolates and nobody said to do without.
  ///
  /// @param memory of the journal, which is open already
  static Workshop open(SettingsWatch live, Boards boards, JournalMemory memory, Clock clock)
      throws FactoryRunner.CannotStart, IOException {
    var settings = live.get();
    var sandbox =
        switch (Sandboxes.detect(settings.sandbox(), settings.data())) {
          case Detection.Available(var found) -> found;
          case Detection.Missing(var reason, var fix) ->
              throw new FactoryRunner.CannotStart("No sandbox: " + reason + ".", fix);
        };
    var mirrors = new Mirrors(settings.data());
    return new Workshop(
        live,
        sandbox,
        mirrors,
        new Workspaces(settings.data(), settings.storage().workspaceFolder(), mirrors, sandbox),
        Wiring.forge(live, mirrors, clock),
        Wiring.gateway(live, clock),
        boards,
        memory,
        clock);
  }

  /// The settings as they are now; ask again for each attempt.
  FactorySettings settings() {
    return live.get();
  }

  /// Salvages what an earlier process left unfinished. Before anything new is started: whoever
  /// worked there is gone, and the item may be cancelled by the time it would run again. Looks
  /// wherever workspaces were, should the settings have named another folder then.
  void retireLeft() throws InterruptedException, IOException {
    upkeep().afterCrash();
    var folder = settings().storage().workspaceFolder();
    var isEmpty = true;
    for (var former : WorkspaceFolders.enter(data(), folder)) {
      isEmpty &= retire(new Workspaces(data(), former, mirrors, sandbox));
    }
    retire(workspaces);
    if (isEmpty) {
      WorkspaceFolders.only(data(), folder);
    }
  }

  /// Whether nothing is left there.
  private boolean retire(Workspaces there) throws InterruptedException {
    for (var left : there.list()) {
      there.retire(left, sandbox);
    }
    return there.list().isEmpty();
  }

  Upkeep upkeep() {
    return new Upkeep(data(), mirrors, workspaces, clock);
  }

  Path data() {
    return settings().data();
  }

  Optional<RepoSettings> repo(String name) {
    return Optional.ofNullable(settings().repos().get(name));
  }

  Optional<Mirror> mirror(String repo) {
    return repo(repo).map(this::mirror);
  }

  Mirror mirror(RepoSettings repo) {
    return mirrors.mirror(repo.name(), repo.url());
  }

  Limits limits() {
    return Limits.of(settings().sandbox()).withTime(settings().policy().budget().time());
  }
}

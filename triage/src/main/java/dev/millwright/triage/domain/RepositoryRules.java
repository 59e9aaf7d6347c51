package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Contract;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a repository asks for in its own `WORKFLOW.md`; it can narrow the server's policy only.
///
/// @param warnings what in the file was not understood, for people
public record RepositoryRules(
    List<Contract.Check> checks,
    Boundary boundary,
    Contract.Environment environment,
    Optional<AftercareSettings> aftercare,
    Reach reach,
    List<String> warnings) {

  /// A repository without a word of its own.
  public static final RepositoryRules NONE =
      new RepositoryRules(
          List.of(),
          Boundary.OPEN,
          Contract.Environment.BARE,
          Optional.empty(),
          Reach.SERVERS,
          List.of());

  public RepositoryRules {
    checks = List.copyOf(checks);
    warnings = List.copyOf(warnings);
  }

  /// How far the factory may go here, where that is less than what the server allows.
  ///
  /// @param agents who may work here by words, the preferred one first; empty for all
  public record Reach(
      Optional<Autonomy> autonomy,
      OptionalInt approvals,
      Documentation documentation,
      List<String> agents) {
    public static final Reach SERVERS = new Reach(Optional.empty(), OptionalInt.empty());

    public Reach {
      agents = List.copyOf(agents);
    }

    public Reach(Optional<Autonomy> autonomy, OptionalInt approvals) {
      this(autonomy, approvals, Documentation.ALL, List.of());
    }
  }

  /// What documentation is looked after once a change has landed.
  ///
  /// @param paths globs over Markdown files; empty for all of them
  public record Documentation(boolean wanted, List<String> paths) {
    public static final Documentation ALL = new Documentation(true, List.of());

    public Documentation {
      paths = List.copyOf(paths);
    }
  }

  /// The repository's own limits on a change.
  public record Boundary(
      List<String> allow, List<String> deny, OptionalInt maxFiles, OptionalInt maxLines) {

    public static final Boundary OPEN =
        new Boundary(List.of(), List.of(), OptionalInt.empty(), OptionalInt.empty());

    public Boundary {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }
}

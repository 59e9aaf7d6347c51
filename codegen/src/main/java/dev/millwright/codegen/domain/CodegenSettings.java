package dev.millwright.codegen.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SandboxSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The limits of one attempt.
///
/// @param turn the time an agent may take
/// @param turns as many turns one attempt may take, by the agents' names
/// @param setup the time one line of a repository's setup may take
/// @param transcriptBytes how much of what it says is kept; the rest is counted, not kept
/// @param intents what it may ask the factory for
/// @param longestPause the longest pause between two attempts that failed
/// @param workflows where each repository's policy file is, by the repository's name
public record CodegenSettings(
    Duration turn,
    Map<String, Integer> turns,
    Duration setup,
    long transcriptBytes,
    SandboxSettings sandbox,
    PolicySettings.Intents intents,
    Duration longestPause,
    Map<String, Workflow> workflows) {
  private static final long TRANSCRIPT_BYTES = 64L << 20;
  private static final Duration SETUP = Duration.ofMinutes(20);

  /// A repository's policy file.
  ///
  /// @param path inside the repository
  /// @param text what it says, where it is the operator's and not the repository's
  public record Workflow(String path, @Nullable String text) {}

  public CodegenSettings {
    turns = Map.copyOf(turns);
    workflows = Map.copyOf(workflows);
    if (!turn.isPositive() || !setup.isPositive() || transcriptBytes <= 0) {
      throw new IllegalArgumentException("codegen's limits must be more than nothing");
    }
  }

  /// With the pauses of a line nobody has said anything about.
  public CodegenSettings(
      Duration turn,
      Map<String, Integer> turns,
      Duration setup,
      long transcriptBytes,
      SandboxSettings sandbox,
      PolicySettings.Intents intents) {
    this(
        turn,
        turns,
        setup,
        transcriptBytes,
        sandbox,
        intents,
        LineSettings.DEFAULT.longestPause(),
        Map.of());
  }

  public static CodegenSettings of(FactorySettings settings) {
    var turn = settings.policy().budget().time();
    var setup = turn.compareTo(SETUP) < 0 ? turn : SETUP;
    var turns =
        settings.agents().values().stream()
            .collect(Collectors.toMap(AgentSettings::name, AgentSettings::maxTurns));
    return new CodegenSettings(
        turn,
        turns,
        setup,
        TRANSCRIPT_BYTES,
        settings.sandbox(),
        settings.policy().intents(),
        settings.line().longestPause(),
        settings.repos().values().stream()
            .collect(
                Collectors.toMap(
                    RepoSettings::name, repo -> new Workflow(repo.workflow(), repo.policy()))));
  }

  /// The policy file of a repository.
  public Workflow workflow(String repo) {
    return workflows.getOrDefault(repo, new Workflow(Instructions.WORKFLOW, null));
  }

  /// As many turns this agent gets in one attempt.
  public int turns(String agent) {
    return turns.getOrDefault(agent, AgentSettings.USUAL_TURNS);
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.workitem.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Chooses among the agents that could do it: the first one configured, unless another has clearly
/// done better at work like this.
final class AgentChoice {
  private static final double CLEARLY = 0.1;

  private AgentChoice() {}

  static Optional<Judged<AgentSettings>> of(
      List<AgentSettings> agents, Kind kind, String repo, Experience experience) {
    if (agents.isEmpty()) {
      return Optional.empty();
    }
    var first = agents.getFirst();
    var usual = experience.rates(kind, repo, first.name());
    return agents.stream()
        .skip(1)
        .filter(agent -> experience.rates(kind, repo, agent.name()).tell())
        .max(Comparator.comparingDouble(it -> experience.rates(kind, repo, it.name()).worth()))
        .filter(
            best -> experience.rates(kind, repo, best.name()).worth() >= usual.worth() + CLEARLY)
        .map(best ->
            new Judged<>(
                best,
                0.85,
                said(best, experience.rates(kind, repo, best.name()))
                    + ", more than of "
                    + said(first, usual)))
        .or(() ->
            Optional.of(
                new Judged<>(
                    first,
                    usual.tell() ? 0.85 : 0.8,
                    first.name()
                        + " is the first agent that works from words"
                        + (usual.tell() ? "; of " + said(first, usual) : ""))));
  }

  private static String said(AgentSettings agent, Experience.Rates rates) {
    return String.format(
        Locale.ROOT,
        "%s's %d like this %.0f %% landed, %.0f %% at once",
        agent.name(),
        rates.samples(),
        rates.landed() * 100,
        rates.atOnce() * 100);
  }
}

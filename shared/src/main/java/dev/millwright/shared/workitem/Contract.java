package dev.millwright.shared.workitem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Triage's part: what the item promises, in five parts, where it goes, and why triage thinks so.
///
/// @param task one concrete outcome, in words an agent can act on
public record Contract(
    String task,
    Boundary boundary,
    Environment environment,
    List<Check> verification,
    Deliverable deliverable,
    Route route,
    Judgement judgement)
    implements Part {
  public Contract {
    verification = List.copyOf(verification);
  }

  /// What a change may touch, how large it may get, and how many people must agree to it.
  ///
  /// @param allow globs over paths; empty allows all that is not denied
  /// @param approvals at least one; journals from before it was written have none
  public record Boundary(
      List<String> allow, List<String> deny, int maxFiles, int maxLines, Integer approvals) {
    public Boundary {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
      approvals = Math.max(1, Objects.requireNonNullElse(approvals, 1));
    }

    /// With one approval.
    public Boundary(List<String> allow, List<String> deny, int maxFiles, int maxLines) {
      this(allow, deny, maxFiles, maxLines, 1);
    }
  }

  /// How the workspace is made ready, and what a deterministic agent is told.
  ///
  /// @param instructions such as a recipe's name and its options
  /// @param hooks none in journals from before there were any
  /// @param maintenance run instead of setup where what setup makes was kept; none in old journals
  public record Environment(
      List<String> setup, Map<String, String> instructions, Hooks hooks, List<String> maintenance) {
    /// Nothing is made ready, and nothing said.
    public static final Environment BARE = new Environment(List.of(), Map.of());

    public Environment {
      setup = List.copyOf(setup);
      instructions = Map.copyOf(instructions);
      hooks = Objects.requireNonNullElse(hooks, Hooks.NONE);
      maintenance = List.copyOf(Objects.requireNonNullElse(maintenance, List.of()));
    }

    /// Without hooks.
    public Environment(List<String> setup, Map<String, String> instructions) {
      this(setup, instructions, Hooks.NONE, List.of());
    }

    public Environment instructed(Map<String, String> newInstructions) {
      return new Environment(setup, newInstructions, hooks, maintenance);
    }
  }

  /// A command that must succeed on the change; an empty list lets validation discover them.
  public record Check(String name, String command, Duration limit) {}

  /// What a finished item hands over, which is as far as it goes without a person.
  public enum Deliverable {
    /// A change that is opened for review.
    PULL_REQUEST,
    /// A change that stays in the factory until a person approves it.
    PATCH,
    /// Words: the journey ends with triage.
    REPORT,
    REPRODUCTION,
    /// A change that lands by itself where its risk is low, else one that is opened for review.
    LANDING
  }

  /// Where the work is done, by whom, and as what.
  public record Route(String repo, String base, String agent, Kind kind) {}

  /// Why triage decided so, and how sure it is (0 to 1).
  ///
  /// @param findings each thing it judged by itself; none in journals from before they were kept
  /// @param forecast what work like this has cost; `null` where nothing is known
  public record Judgement(
      String rationale, double confidence, List<Finding> findings, @Nullable Forecast forecast) {
    public Judgement {
      findings = List.copyOf(Objects.requireNonNullElse(findings, List.of()));
    }

    /// Without details.
    public Judgement(String rationale, double confidence) {
      this(rationale, confidence, List.of(), null);
    }
  }

  /// One thing triage judged.
  ///
  /// @param about such as `kind`, `size` or `duplicate`
  /// @param value what it came to, in a word
  public record Finding(String about, String value, double confidence, String why) {}

  /// What finished work like this has cost and taken.
  ///
  /// @param samples how many items it is read from
  /// @param likeness what they have in common with this one
  /// @param landed the part of them that landed, moved towards what is usual where they are few
  public record Forecast(
      int samples, String likeness, double landed, Estimate median, Estimate atMost) {}

  /// One guess of a forecast: the middle, or what nine of ten stayed below.
  public record Estimate(long microDollars, Duration time) {}
}

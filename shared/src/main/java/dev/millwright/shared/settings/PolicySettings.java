package dev.millwright.shared.settings;

import dev.millwright.shared.workitem.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The server's policy; a repository may narrow it, never widen it.
public record PolicySettings(
    Autonomy autonomy,
    Boundary boundary,
    Budget budget,
    Review review,
    LowRisk lowRisk,
    Intents intents,
    Triage triage,
    AftercareSettings aftercare,
    Keep keep) {

  /// How far the factory may go by itself, the least first.
  public enum Autonomy {
    /// Says what it would do, and writes nothing.
    REPORT,
    /// Prepares and checks a change; nothing leaves the factory before a person approves it.
    PROPOSE,
    /// Opens the change for review, and lands it when it is approved.
    REVIEW,
    /// Lands by itself what the policy names as low risk; everything else waits for review.
    LAND_LOW_RISK;

    /// The smaller of the two.
    public Autonomy narrowedTo(Autonomy other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }

  /// What a change may touch, and how large it may get.
  public record Boundary(List<String> deny, int maxFiles, int maxLines) {
    public Boundary {
      deny = List.copyOf(deny);
    }
  }

  /// What one item may use before a person has to look, and all of them together in a day.
  ///
  /// @param attempts rounds of codegen
  /// @param time what all its attempts may take together
  /// @param tokens what its agents may use, 0 for no limit
  /// @param microDollars what its agents may cost, 0 for no limit
  /// @param dayMicroDollars what the agents of all items may cost in a day, 0 for no limit
  public record Budget(
      int attempts, Duration time, long tokens, long microDollars, long dayMicroDollars) {}

  /// How much people are asked for.
  ///
  /// @param maxOpenPerRepo changes of one repository that may be open for review, 0 for no limit
  /// @param requiredApprovals people who must approve a change
  public record Review(int maxOpenPerRepo, int requiredApprovals) {}

  /// What the agent of one attempt may ask for, 0 for none.
  ///
  /// @param comments on its item
  /// @param followUps further items, each of which a person lets begin
  /// @param ticketStates states it may move its ticket to, besides those the factory itself would
  public record Intents(int comments, int followUps, List<String> ticketStates) {
    public Intents {
      ticketStates = List.copyOf(ticketStates);
    }

    public Intents(int comments, int followUps) {
      this(comments, followUps, List.of());
    }
  }

  /// How requests are looked at before they become work.
  ///
  /// @param model gives a second opinion; `null` for rules alone
  public record Triage(
      Duplicates duplicates,
      boolean approveSensitive,
      boolean requireChecks,
      @Nullable ModelSettings model) {
    public static final Triage DEFAULT = new Triage(Duplicates.DROP, true, false, null);
  }

  /// What becomes of a request that says what an open item says already.
  public enum Duplicates {
    DROP,
    /// Only the other item is named.
    LINK
  }

  /// What may land without a person: only a change of one of these kinds with all its files under
  /// these paths. Nothing is low risk while either is empty.
  public record LowRisk(Set<Kind> kinds, List<String> paths) {
    public static final LowRisk NOTHING = new LowRisk(Set.of(), List.of());

    public LowRisk {
      kinds = Set.copyOf(kinds);
      paths = List.copyOf(paths);
    }

    public boolean isNothing() {
      return kinds.isEmpty() || paths.isEmpty();
    }
  }

  /// How a landed change is watched: a command or an http(s) address, for a window.
  public record AftercareSettings(String probe, Duration window, Duration every) {
    public static final AftercareSettings NONE =
        new AftercareSettings("", Duration.ZERO, Duration.ofSeconds(30));
  }

  /// How long things are kept that nobody needs any more.
  ///
  /// @param work commits, unfinished work and agents' homes of finished items
  /// @param templates checkouts that workspaces are laid over, since their last use
  /// @param deliveries what webhooks brought
  public record Keep(Duration work, Duration templates, Duration deliveries) {}

  public static final PolicySettings DEFAULT =
      new PolicySettings(
          Autonomy.REVIEW,
          new Boundary(List.of(".github/**", "**/*secret*"), 40, 2000),
          new Budget(5, Duration.ofMinutes(90), 0, 0, 0),
          new Review(0, 1),
          LowRisk.NOTHING,
          new Intents(5, 3),
          Triage.DEFAULT,
          AftercareSettings.NONE,
          new Keep(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(30)));

  public PolicySettings with(Autonomy newAutonomy) {
    return new PolicySettings(
        newAutonomy, boundary, budget, review, lowRisk, intents, triage, aftercare, keep);
  }

  public PolicySettings with(Review newReview) {
    return new PolicySettings(
        autonomy, boundary, budget, newReview, lowRisk, intents, triage, aftercare, keep);
  }

  public PolicySettings with(LowRisk newLowRisk) {
    return new PolicySettings(
        autonomy, boundary, budget, review, newLowRisk, intents, triage, aftercare, keep);
  }

  public PolicySettings with(Intents newIntents) {
    return new PolicySettings(
        autonomy, boundary, budget, review, lowRisk, newIntents, triage, aftercare, keep);
  }

  public PolicySettings with(Triage newTriage) {
    return new PolicySettings(
        autonomy, boundary, budget, review, lowRisk, intents, newTriage, aftercare, keep);
  }
}

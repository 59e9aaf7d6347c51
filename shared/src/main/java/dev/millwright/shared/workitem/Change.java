package dev.millwright.shared.workitem;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Codegen's part: the commit an agent's work became.
///
/// @param agent the name of the agent that did it, as configured
/// @param diff the unified diff against the base, as an artifact
/// @param transcript what the agent said and did, as an artifact
/// @param others what other agents made of the same contract, where several were asked
public record Change(
    Revision revision,
    Size size,
    String agent,
    String summary,
    ArtifactRef diff,
    ArtifactRef transcript,
    List<Alternative> others)
    implements Part {
  public Change {
    // Journals from before several could be asked have none.
    others = List.copyOf(Objects.requireNonNullElse(others, List.of()));
  }

  /// By the only agent that was asked.
  public Change(
      Revision revision,
      Size size,
      String agent,
      String summary,
      ArtifactRef diff,
      ArtifactRef transcript) {
    this(revision, size, agent, summary, diff, transcript, List.of());
  }

  public Change chosenAmong(List<Alternative> others) {
    return new Change(revision, size, agent, summary, diff, transcript, others);
  }

  /// Where the change stands: a branch of ours, its base commit, and its own commit.
  public record Revision(String branch, String base, String commit) {}

  /// How large the change is.
  public record Size(int files, int additions, int deletions) {}

  /// What was not chosen, and why; without a diff if it never became a change.
  public record Alternative(
      String agent, String outcome, @Nullable ArtifactRef diff, @Nullable ArtifactRef transcript) {}
}

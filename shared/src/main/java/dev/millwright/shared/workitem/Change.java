package dev.millwright.shared.workitem;

/// Codegen's part: the commit an agent's work became.
///
/// @param agent the name of the agent that did it, as configured
/// @param diff the unified diff against the base, as an artifact
/// @param transcript what the agent said and did, as an artifact
public record Change(
    Revision revision,
    Size size,
    String agent,
    String summary,
    ArtifactRef diff,
    ArtifactRef transcript)
    implements Part {
  /// Where the change stands: a branch of ours, its base commit, and its own commit.
  public record Revision(String branch, String base, String commit) {}

  /// How large the change is.
  public record Size(int files, int additions, int deletions) {}
}

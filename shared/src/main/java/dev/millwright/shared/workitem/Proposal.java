package dev.millwright.shared.workitem;

import org.jspecify.annotations.Nullable;

/// Release's part: the change as the forge has it.
///
/// @param number the forge's own number for it
/// @param commit the exact commit that was proposed
/// @param landed the commit on the base branch that holds it, `null` before it landed
/// @param description the facts a reviewer reads, in Markdown
public record Proposal(
    String forge,
    String number,
    @Nullable String url,
    String commit,
    @Nullable String landed,
    String description)
    implements Part {}

package dev.millwright.shared.workitem;

import java.time.Instant;

/// The right to run one stage of one item, once.
///
/// @param generation fences: only the outcome of the item's latest generation counts
/// @param holder the process that runs it, so that its death frees the item at once
public record Lease(Stage stage, long generation, String holder, Instant since) {}

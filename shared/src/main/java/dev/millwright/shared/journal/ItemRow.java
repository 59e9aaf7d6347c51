package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.WorkItemState;
import java.time.Instant;

/// One item as lists show it: its state and how it came there, when it last changed, and how far
/// its journal was read.
public record ItemRow(
    WorkItemState.Known item, Progress progress, Instant updatedAt, long sequence) {}

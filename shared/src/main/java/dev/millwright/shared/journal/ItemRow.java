package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.WorkItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One item as lists show it: its state and how it came there, when it last changed, and how far
/// its journal was read.
///
/// @param head the hash of the event it was read to; `null` where an older version wrote the row
public record ItemRow(
    WorkItemState.Known item,
    Progress progress,
    Instant updatedAt,
    long sequence,
    @Nullable String head) {}

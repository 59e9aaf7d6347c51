package dev.millwright.shared.workitem;

import java.time.Instant;

/// Monitoring's part: whether the landed change did well for as long as it was watched.
public record Aftercare(String summary, boolean healthy, int probes, Instant watchedUntil)
    implements Part {}

package dev.millwright.shared.workitem;

/// What one stage adds to the context; each stage owns its part and edits no other's.
public sealed interface Part permits Contract, Change, Evidence, Proposal, DocsReport, Aftercare {}

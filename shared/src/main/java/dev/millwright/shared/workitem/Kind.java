package dev.millwright.shared.workitem;

/// What sort of work an item is; chooses checks, agent and lane.
public enum Kind {
  BUG,
  DEPENDENCY,
  VULNERABILITY,
  MIGRATION,
  TESTS,
  DOCS,
  CHORE,
  FEATURE,
  QUESTION
}

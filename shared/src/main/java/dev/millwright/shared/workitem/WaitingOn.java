package dev.millwright.shared.workitem;

/// What a waiting item waits for.
public enum WaitingOn {
  REVIEW,
  ANSWER,
  APPROVAL,
  TIME,
  BUDGET,
  CAPACITY,
  LANDING
}

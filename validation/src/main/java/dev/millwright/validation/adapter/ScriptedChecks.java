package dev.millwright.validation.adapter;

import dev.millwright.validation.port.Checks;

/// Answers what it was told to, for tests.
public record ScriptedChecks(Answer change, Answer base) implements Checks {
  @Override
  public Answer onChange(Job job) {
    return change;
  }

  @Override
  public Answer onBase(Job job) {
    return base;
  }
}

package dev.millwright.app;

import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.workitem.Limits;
import java.time.Duration;

/// How much of everything an item gets, as the settings say it.
final class ItemLimits {
  private ItemLimits() {}

  static Limits of(FactorySettings settings) {
    var usual = Limits.DEFAULT;
    var budget = settings.policy().budget();
    return new Limits(
        usual.failures(),
        budget.attempts() - 1,
        usual.losses(),
        usual.backoff(),
        shorter(usual.longestBackoff(), settings.line().longestPause()),
        new Limits.Budget(budget.time(), budget.tokens(), budget.microDollars()),
        settings.server().tokens().size() > 1);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

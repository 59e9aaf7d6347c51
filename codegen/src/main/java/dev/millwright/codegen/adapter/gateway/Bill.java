package dev.millwright.codegen.adapter.gateway;

/// What was set aside for one call of a model; settled once, whoever is first to know what it cost.
final class Bill {
  private final Upstream model;
  private final Budgets.Purse purse;
  private final Pace pace;
  private final Budgets.Amount most;
  private boolean settled;

  Bill(Upstream model, Budgets.Purse purse, Pace pace, Budgets.Amount most) {
    this.model = model;
    this.purse = purse;
    this.pace = pace;
    this.most = most;
  }

  void settle(Wire.Tokens used) {
    if (!settled) {
      settled = true;
      pace.settle(most.tokens(), used.all());
      purse.settle(most, model.name(), used, model.microDollars(used));
    }
  }
}

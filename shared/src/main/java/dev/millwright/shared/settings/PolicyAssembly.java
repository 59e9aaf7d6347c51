package dev.millwright.shared.settings;

import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts the policy together and checks what no key of it can check alone.
record PolicyAssembly(Findings findings, Map<String, ModelSettings> models) {
  PolicySettings policy() {
    var preset = PolicySettings.DEFAULT;
    var autonomy = findings.constant("policy.autonomy", preset.autonomy());
    return new PolicySettings(
        autonomy,
        new PolicySettings.Boundary(
            findings.texts("policy.boundary.deny").orElse(preset.boundary().deny()),
            findings.whole("policy.boundary.max_files", preset.boundary().maxFiles()),
            findings.whole("policy.boundary.max_lines", preset.boundary().maxLines())),
        budget(preset.budget()),
        review(preset.review()),
        lowRisk(autonomy),
        new PolicySettings.Intents(
            findings.whole("policy.intents.comments", preset.intents().comments()),
            findings.whole("policy.intents.follow_ups", preset.intents().followUps()),
            findings.texts("policy.intents.ticket_states").orElse(List.of())),
        triage(preset.triage()),
        aftercare(),
        new PolicySettings.Keep(
            findings.time("policy.keep.work", preset.keep().work()),
            findings.time("policy.keep.templates", preset.keep().templates()),
            findings.time("policy.keep.deliveries", preset.keep().deliveries())));
  }

  private PolicySettings.Triage triage(PolicySettings.Triage preset) {
    var path = "policy.triage.model";
    return new PolicySettings.Triage(
        findings.constant("policy.triage.duplicates", preset.duplicates()),
        findings.flag("policy.triage.approve_sensitive", preset.approveSensitive()),
        findings.flag("policy.triage.require_checks", preset.requireChecks()),
        findings
            .value(path, String.class)
            .flatMap(name -> ModelsAssembly.named(findings, models, path, name))
            .orElse(null));
  }

  private PolicySettings.Budget budget(PolicySettings.Budget preset) {
    return new PolicySettings.Budget(
        findings.whole("policy.budgets.item.attempts", preset.attempts()),
        findings
            .value("policy.budgets.item.minutes", Integer.class)
            .map(Duration::ofMinutes)
            .orElse(preset.time()),
        findings.whole("policy.budgets.item.tokens", 0),
        microDollars("policy.budgets.item.usd"),
        microDollars("policy.budgets.day.usd"));
  }

  private long microDollars(String path) {
    return findings
        .value(path, BigDecimal.class)
        .map(usd -> usd.movePointRight(6).longValue())
        .orElse(0L);
  }

  /// People are told apart by their tokens, so there must be as many of them as have to agree.
  private PolicySettings.Review review(PolicySettings.Review preset) {
    var path = "policy.review.required_approvals";
    var approvals = findings.whole(path, preset.requiredApprovals());
    if (approvals > 1 && findings.names("server.tokens").size() < approvals) {
      findings.error(
          findings.line(path),
          path,
          "'"
              + approvals
              + "' people cannot be told apart by "
              + findings.names("server.tokens").size()
              + " server.tokens",
          "give each person a token, or require 1");
    }
    return new PolicySettings.Review(
        findings.whole("policy.review.max_open_per_repo", preset.maxOpenPerRepo()), approvals);
  }

  private PolicySettings.LowRisk lowRisk(Autonomy autonomy) {
    var path = "policy.low_risk.kinds";
    var names = Arrays.stream(Kind.values()).map(PolicyAssembly::word).toList();
    var kinds = EnumSet.noneOf(Kind.class);
    for (var name : findings.texts(path).orElse(List.of())) {
      if (names.contains(name)) {
        kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
      } else {
        findings.error(
            findings.line(path),
            path,
            "'" + name + "' is no kind of work",
            "use " + String.join(", ", names));
      }
    }
    var lowRisk =
        new PolicySettings.LowRisk(
            kinds, findings.texts("policy.low_risk.paths").orElse(List.of()));
    if (autonomy == Autonomy.LAND_LOW_RISK && lowRisk.isNothing()) {
      findings.warning(
          findings.line("policy.autonomy"),
          "policy.autonomy",
          "nothing is low risk, so every change waits for review",
          "name policy.low_risk.kinds and policy.low_risk.paths");
    }
    return lowRisk;
  }

  private AftercareSettings aftercare() {
    var probe = findings.text("policy.aftercare.probe", "");
    var every = findings.time("policy.aftercare.every", Duration.ofSeconds(30));
    var window = findings.time("policy.aftercare.window", Duration.ofMinutes(30));
    if (!every.isPositive()) {
      findings.error(
          findings.line("policy.aftercare.every"),
          "policy.aftercare.every",
          "'" + findings.shown("policy.aftercare.every") + "' is no time at all",
          "use at least 1s");
    }
    return probe.isEmpty() ? AftercareSettings.NONE : new AftercareSettings(probe, window, every);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

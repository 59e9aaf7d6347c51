package dev.millwright.release.domain;

import dev.millwright.shared.settings.PolicySettings.LowRisk;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Glob;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Release's rules: what an item's context allows, and how a landing is written down.
///
/// | evidence for exactly this commit | approved for exactly this commit | then |
/// |---|---|---|
/// | none, or failed, or for another commit | any | back to validation |
/// | passed | no | open for review, hold where nothing may leave, land where the risk is low |
/// | passed | yes | land |
public final class Release {
  public static final String ITEM_TRAILER = "Millwright-Item: ";
  public static final String CHANGE_TRAILER = "Millwright-Change: ";

  private Release() {}

  /// What to do with an item.
  public sealed interface Step {
    record Stop(Outcome outcome) implements Step {}

    record Propose(Contract contract, Change change, Evidence evidence) implements Step {}

    /// Nothing leaves the factory before a person has approved it.
    record Hold() implements Step {}

    record Land(Contract contract, Change change, Evidence evidence) implements Step {}
  }

  public static Step next(Context context) {
    var contract = context.contract();
    var change = context.change();
    if (contract.isEmpty() || change.isEmpty()) {
      return new Step.Stop(
          new Outcome.GiveUp("there is no change to release; release comes after codegen"));
    }
    var commit = change.get().revision().commit();
    var evidence = context.evidence().filter(proof -> standsFor(proof, commit));
    if (evidence.isEmpty()) {
      return new Step.Stop(
          new Outcome.SendBack(
              Stage.VALIDATION, "no checks have passed on commit " + commit, List.of()));
    }
    if (context.approved()) {
      return new Step.Land(contract.get(), change.get(), evidence.get());
    }
    return contract.get().deliverable() == Contract.Deliverable.PATCH
        ? new Step.Hold()
        : new Step.Propose(contract.get(), change.get(), evidence.get());
  }

  /// Why a change may not land without a person; empty when it may.
  ///
  /// @param paths every path the change touches
  public static Optional<String> risk(Context context, LowRisk policy, List<String> paths) {
    var contract = context.contract().orElseThrow();
    var kind = contract.route().kind();
    var outside = paths.stream().filter(path -> !Glob.any(policy.paths(), path)).findFirst();
    if (contract.deliverable() != Contract.Deliverable.LANDING) {
      return Optional.of("autonomy asks for a review");
    }
    if (!context.signal().author().mayStartWork() || contract.boundary().approvals() > 1) {
      return Optional.of("people have to agree to it");
    }
    if (context.decisions().stream().anyMatch(said -> objects(said.decision().verb()))) {
      return Optional.of("somebody objected to an earlier round");
    }
    if (policy.isNothing() || !policy.kinds().contains(kind)) {
      return Optional.of(kind.name().toLowerCase(Locale.ROOT) + " is not named as low risk");
    }
    if (paths.isEmpty() || outside.isPresent()) {
      return Optional.of(outside.orElse("nothing") + " is not under a path named as low risk");
    }
    return context.evidence().filter(Release::spotless).isPresent()
        ? Optional.empty()
        : Optional.of("not every check ran and passed without a word");
  }

  private static boolean objects(Decision.Verb verb) {
    return verb == Decision.Verb.REWORK || verb == Decision.Verb.REJECT;
  }

  private static boolean spotless(Evidence evidence) {
    return !evidence.checks().isEmpty()
        && evidence.checks().stream().allMatch(check -> check.status() == Evidence.Status.PASSED)
        && evidence.diagnostics().isEmpty();
  }

  /// What a forge is told about a decision, under a key of its own; empty for what it need not
  /// know.
  public static Optional<String> note(Context.Decided decided) {
    var decision = decided.decision();
    var words = decision.text().isBlank() ? "." : ":\n\n" + ChangeText.quote(decision.text());
    return switch (decision.verb()) {
      case APPROVE -> Optional.of("Approved by " + ChangeText.plain(decision.by()) + words);
      case REWORK -> Optional.of("Rework asked by " + ChangeText.plain(decision.by()) + words);
      case REJECT, ANSWER, CANCEL, RETRY, STEER, REMARK -> Optional.empty();
    };
  }

  /// What an item waits for whose change is open or held.
  public static Outcome.Wait review(Context context, String what) {
    var have = context.approvers().size();
    var needed = context.approvalsNeeded();
    var counted = needed == 1 ? "" : " (%d of %d approvals)".formatted(have, needed);
    return new Outcome.Wait(WaitingOn.REVIEW, what + counted, null);
  }

  private static boolean standsFor(Evidence evidence, String commit) {
    return evidence.verdict() != Evidence.Verdict.FAILED && evidence.commit().equals(commit);
  }

  /// The message of the merge commit; its trailers say which item and which commit landed.
  public static String mergeMessage(String title, ItemId item, Change.Revision revision) {
    return "Merge %s\n\n%s\n\n%s%s\n%s%s\n"
        .formatted(
            revision.branch(),
            ChangeText.plain(title),
            ITEM_TRAILER,
            item,
            CHANGE_TRAILER,
            revision.commit());
  }

  /// The change and the base no longer go together.
  public static Outcome conflicts(String base, List<String> files) {
    return new Outcome.SendBack(
        Stage.CODEGEN,
        "the change conflicts with what landed on " + base,
        files.stream()
            .map(file ->
                Diagnostic.error("landing", "conflicts with what landed on " + base, file, 0))
            .toList());
  }

  /// The change is green and the base is green, but not both together.
  public static Outcome red(String base, String summary, List<Diagnostic> diagnostics) {
    return new Outcome.SendBack(
        Stage.CODEGEN,
        "the checks fail on the change combined with the newest %s: %s".formatted(base, summary),
        diagnostics.isEmpty() ? List.of(Diagnostic.error("landing", summary)) : diagnostics);
  }
}

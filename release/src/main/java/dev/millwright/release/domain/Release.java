package dev.millwright.release.domain;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import java.util.List;

/// Release's rules: what an item's context allows, and how a landing is written down.
///
/// | evidence for exactly this commit | approved for exactly this commit | then |
/// |---|---|---|
/// | none, or failed, or for another commit | any | back to validation |
/// | passed | no | open for review |
/// | passed | yes | land |
public final class Release {
  public static final String ITEM_TRAILER = "Millwright-Item: ";
  public static final String CHANGE_TRAILER = "Millwright-Change: ";

  private Release() {}

  /// What to do with an item.
  public sealed interface Step {
    record Stop(Outcome outcome) implements Step {}

    record Propose(Contract contract, Change change, Evidence evidence) implements Step {}

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
    var evidence = context.evidence().filter(proof -> proves(proof, commit));
    if (evidence.isEmpty()) {
      return new Step.Stop(
          new Outcome.SendBack(
              Stage.VALIDATION, "no checks have passed on commit " + commit, List.of()));
    }
    return context.approved()
        ? new Step.Land(contract.get(), change.get(), evidence.get())
        : new Step.Propose(contract.get(), change.get(), evidence.get());
  }

  private static boolean proves(Evidence evidence, String commit) {
    return evidence.verdict() == Evidence.Verdict.PASSED && evidence.commit().equals(commit);
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

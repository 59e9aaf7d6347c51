package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Field;
import dev.millwright.shared.workitem.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the checks said about one exact commit; all `null` and empty before there is any.
record EvidenceView(
    @Nullable String commit,
    @Nullable @Field(oneOf = {"passed", "unproven", "failed"}) String verdict,
    List<CheckView> checks,
    List<ContextView.DiagnosticView> diagnostics) {
  static final EvidenceView NONE = new EvidenceView(null, null, List.of(), List.of());

  record CheckView(
      String name,
      String command,
      String status,
      double seconds,
      int tests,
      int failures,
      int skipped,
      String summary) {}

  static EvidenceView of(Evidence evidence) {
    return new EvidenceView(
        evidence.commit(),
        ItemViews.wire(evidence.verdict()),
        evidence.checks().stream().map(EvidenceView::check).toList(),
        ContextView.diagnostics(evidence.diagnostics()));
  }

  private static CheckView check(Evidence.CheckResult it) {
    return new CheckView(
        it.name(),
        it.command(),
        ItemViews.wire(it.status()),
        it.took().toMillis() / 1000.0,
        it.tests().run(),
        it.tests().failed(),
        it.tests().skipped(),
        it.summary());
  }
}

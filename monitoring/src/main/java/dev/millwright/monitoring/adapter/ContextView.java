package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Field;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.DocsReport;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Proposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything known about an item: its signal, one part per stage, what was sent back and decided.
record ContextView(
    SignalView signal,
    ItemView.@Nullable ContractView contract,
    ItemView.@Nullable ChangeView change,
    @Nullable EvidenceView evidence,
    @Nullable ProposalView proposal,
    @Nullable DocsView docs,
    @Nullable AftercareView aftercare,
    List<FeedbackView> feedback,
    List<DecisionView> decisions,
    List<NoteView> notes) {
  record SignalView(
      String key,
      String source,
      String author,
      String trust,
      String title,
      String body,
      @Nullable String kind,
      List<String> labels,
      int priority,
      @Nullable String repo,
      @Nullable String agent,
      Map<String, String> facts,
      @Nullable String link) {}

  record DiagnosticView(
      String severity, String source, String message, @Nullable String file, int line) {}

  record FeedbackView(String from, String to, String summary, List<DiagnosticView> diagnostics) {}

  record ProposalView(
      String forge,
      String number,
      @Nullable String url,
      String commit,
      @Nullable String landed,
      String description) {}

  record DocsView(String summary, List<DiagnosticView> drift, List<String> raised) {}

  record AftercareView(String summary, boolean healthy, int probes, Instant watchedUntil) {}

  record DecisionView(String verb, String by, String text, Instant at, @Nullable String commit) {}

  record NoteView(
      @Field(about = "`comment`, `title` or `follow_up`") String about,
      String agent,
      String text,
      @Field(about = "the item a follow-up became") @Nullable String item) {}

  static ContextView of(Context context) {
    return new ContextView(
        signal(context),
        context.contract().map(ItemViews::contract).orElse(null),
        ItemViews.change(context).orElse(null),
        context.evidence().map(EvidenceView::of).orElse(null),
        context.proposal().map(ContextView::proposal).orElse(null),
        context.docs().map(ContextView::docs).orElse(null),
        context.aftercare().map(ContextView::aftercare).orElse(null),
        context.feedback().stream().map(ContextView::feedback).toList(),
        context.decisions().stream().map(ContextView::decision).toList(),
        context.notes().stream().map(ContextView::note).toList());
  }

  private static SignalView signal(Context context) {
    var signal = context.signal();
    var request = signal.request();
    return new SignalView(
        signal.key().value(),
        signal.source(),
        signal.author().name(),
        ItemViews.wire(signal.author().trust()),
        request.title(),
        request.body(),
        request.kind(),
        request.labels(),
        request.priority(),
        request.repo(),
        request.agent(),
        signal.facts(),
        signal.link());
  }

  static List<DiagnosticView> diagnostics(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(it ->
            new DiagnosticView(
                ItemViews.wire(it.severity()), it.source(), it.message(), it.file(), it.line()))
        .toList();
  }

  private static FeedbackView feedback(Feedback sent) {
    return new FeedbackView(
        sent.from().wire(), sent.to().wire(), sent.summary(), diagnostics(sent.diagnostics()));
  }

  private static ProposalView proposal(Proposal it) {
    return new ProposalView(
        it.forge(), it.number(), it.url(), it.commit(), it.landed(), it.description());
  }

  private static DocsView docs(DocsReport it) {
    return new DocsView(it.summary(), diagnostics(it.drift()), it.raised());
  }

  private static AftercareView aftercare(Aftercare it) {
    return new AftercareView(it.summary(), it.healthy(), it.probes(), it.watchedUntil());
  }

  private static NoteView note(Note it) {
    var item = it.item();
    return new NoteView(
        ItemViews.wire(it.about()), it.agent(), it.text(), item == null ? null : item.value());
  }

  private static DecisionView decision(Context.Decided it) {
    var decision = it.decision();
    return new DecisionView(
        ItemViews.wire(decision.verb()), decision.by(), decision.text(), it.at(), it.commit());
  }
}

package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.adapter.ItemView.AlternativeView;
import dev.millwright.monitoring.adapter.ItemView.AttemptView;
import dev.millwright.monitoring.adapter.ItemView.BoundaryView;
import dev.millwright.monitoring.adapter.ItemView.ChangeView;
import dev.millwright.monitoring.adapter.ItemView.CheckView;
import dev.millwright.monitoring.adapter.ItemView.ContractView;
import dev.millwright.monitoring.adapter.ItemView.EstimateView;
import dev.millwright.monitoring.adapter.ItemView.FindingView;
import dev.millwright.monitoring.adapter.ItemView.ForecastView;
import dev.millwright.monitoring.adapter.ItemView.ProgressView;
import dev.millwright.monitoring.adapter.ItemView.UsageView;
import dev.millwright.shared.journal.ItemLists.HistoryEntry;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.Progress;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Shows items as the interface promises them.
///
/// @param publicUrl what an item's address starts with, without a slash at its end
record ItemViews(Supplier<String> publicUrl) {
  private static final double MICRO = 1e-6;

  ItemView row(ItemRow row) {
    return view(row.item(), row.progress(), List.of(), row.updatedAt());
  }

  /// One item with its attempts, as its history tells them.
  ItemView whole(Known item, List<HistoryEntry> history) {
    var received = item.dossier().receivedAt();
    var changed = history.isEmpty() ? received : history.getLast().event().at();
    var progress =
        Progress.of(history.stream().map(HistoryEntry::event).toList())
            .orElseGet(() -> Progress.opened(received));
    return view(item, progress, Attempts.of(history), changed);
  }

  private ItemView view(
      Known item, Progress progress, List<AttemptView> attempts, Instant changed) {
    var dossier = item.dossier();
    var context = dossier.context();
    var signal = context.signal();
    var request = signal.request();
    var route = context.contract().map(Contract::route);
    var standing = standing(item);
    return new ItemView(
        dossier.id().value(),
        request.title(),
        route.map(it -> wire(it.kind())).orElse(request.kind()),
        route.map(Contract.Route::repo).orElse(request.repo()),
        standing.status(),
        item.stage().wire(),
        standing.waitingOn(),
        standing.result(),
        standing.reason(),
        request.priority(),
        request.labels(),
        signal.source(),
        signal.key().value(),
        publicUrl.get() + "/items/" + dossier.id().value(),
        agent(context).orElse(request.agent()),
        context.contract().map(ItemViews::contract).orElse(null),
        progress(item, progress),
        attempts,
        change(context).orElse(null),
        dossier.receivedAt(),
        changed,
        usage(dossier.usage()));
  }

  private record Standing(
      String status,
      @Nullable String waitingOn,
      @Nullable String result,
      @Nullable String reason) {}

  private static Standing standing(WorkItemState.Known item) {
    return switch (item) {
      case Queued _ -> new Standing("queued", null, null, null);
      case Running _ -> new Standing("running", null, null, null);
      case Waiting(_, _, var on, var reason, _) -> new Standing("waiting", wire(on), null, reason);
      case Finished(_, _, var result, var reason) ->
          new Standing("finished", null, wire(result), reason);
    };
  }

  private static ProgressView progress(Known item, Progress progress) {
    var by = progress.sentBackBy();
    return new ProgressView(
        progress.allAttempts(),
        progress.attemptsOf(item.stage()),
        item instanceof Running(_, _, var lease) ? lease.since() : null,
        progress.stageSince(),
        progress.sentBack(),
        by == null ? null : by.wire());
  }

  private static Optional<String> agent(Context context) {
    return context
        .change()
        .map(Change::agent)
        .or(() -> context.contract().map(it -> it.route().agent()));
  }

  static ContractView contract(Contract contract) {
    var boundary = contract.boundary();
    var judgement = contract.judgement();
    return new ContractView(
        contract.task(),
        new BoundaryView(
            boundary.allow(), boundary.deny(), boundary.maxFiles(), boundary.maxLines()),
        contract.environment().setup(),
        contract.verification().stream()
            .map(check -> new CheckView(check.name(), check.command()))
            .toList(),
        wire(contract.deliverable()),
        judgement.rationale(),
        judgement.confidence(),
        judgement.findings().stream()
            .map(it -> new FindingView(it.about(), it.value(), it.confidence(), it.why()))
            .toList(),
        forecast(judgement.forecast()));
  }

  private static @Nullable ForecastView forecast(Contract.@Nullable Forecast forecast) {
    return forecast == null
        ? null
        : new ForecastView(
            forecast.samples(),
            forecast.likeness(),
            forecast.landed(),
            estimate(forecast.median()),
            estimate(forecast.atMost()));
  }

  private static EstimateView estimate(Contract.Estimate estimate) {
    return new EstimateView(estimate.microDollars() * MICRO, estimate.time().toMillis() / 1000.0);
  }

  static Optional<ChangeView> change(Context context) {
    var pullRequest = context.proposal().map(Proposal::url).orElse(null);
    return context
        .change()
        .map(change ->
            new ChangeView(
                change.revision().branch(),
                change.revision().base(),
                change.revision().commit(),
                change.size().files(),
                change.size().additions(),
                change.size().deletions(),
                pullRequest,
                change.agent(),
                others(change.others())));
  }

  private static List<AlternativeView> others(List<Change.Alternative> others) {
    return IntStream.range(0, others.size())
        .mapToObj(at -> {
          var other = others.get(at);
          return new AlternativeView(at + 1, other.agent(), other.outcome(), other.diff() != null);
        })
        .toList();
  }

  private static UsageView usage(Usage usage) {
    return new UsageView(
        usage.inputTokens(),
        usage.outputTokens(),
        usage.microDollars() * MICRO,
        usage.time().toMillis() / 1000.0);
  }

  /// A constant's name as it is written outside.
  static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

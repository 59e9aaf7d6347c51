package dev.millwright.triage.adapter;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemLists.HistoryEntry;
import dev.millwright.shared.line.Activity;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.port.BoardWork.Tracked;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shows tickets and their items as Symphony shows its issues.
///
/// @param folder where workspaces are
/// @param publicUrl what an item's address starts with, without a slash at its end
record SymphonyRows(Activity activity, ItemLists lists, Path folder, String publicUrl) {
  private static final String NO_ROOM = "no available orchestrator slots";
  private static final Activity.Now NOTHING = new Activity.Now(0, "", "", 0, Usage.NONE, List.of());

  /// How a ticket stands in Symphony's words; an empty one is neither of its three.
  sealed interface Row {
    record Runs(SymphonyView.Running view) implements Row {}

    record Retries(SymphonyView.Retrying view) implements Row {}

    record Blocks(SymphonyView.Blocked view) implements Row {}

    /// Nothing of the three.
    ///
    /// @param status `waiting` for a review or its landing, or `finished`
    record Rests(String status, String reason) implements Row {}
  }

  Row row(Tracked tracked) {
    return switch (tracked.item().item()) {
      case Running running -> new Row.Runs(running(tracked, running));
      case Queued(var dossier, _, var notBefore) ->
          new Row.Retries(retrying(tracked, notBefore, error(tracked.item().item())));
      case Waiting(_, _, var on, var reason, var until)
          when until != null && (on == WaitingOn.TIME || on == WaitingOn.CAPACITY) ->
          new Row.Retries(retrying(tracked, until, reason));
      case Waiting(_, _, var on, var reason, _)
          when on == WaitingOn.REVIEW || on == WaitingOn.LANDING ->
          new Row.Rests("waiting", reason);
      case Waiting waiting -> new Row.Blocks(blocked(tracked, waiting));
      case Finished(_, _, _, var reason) -> new Row.Rests("finished", reason);
    };
  }

  private SymphonyView.Running running(Tracked tracked, Running running) {
    var lease = running.lease();
    var now = now(running).filter(it -> it.generation() == lease.generation()).orElse(NOTHING);
    var last =
        last(now).orElseGet(() -> new Activity.At(lease.since(), running.stage().wire(), ""));
    return new SymphonyView.Running(
        tracked.claim().ticket().id(),
        tracked.claim().ticket().identifier(),
        tracked.claim().seen().state(),
        null,
        workspace(running),
        orNull(now.session()),
        orNull(now.thread()),
        now.turns(),
        last.event(),
        last.words(),
        lease.since().truncatedTo(SECONDS),
        last.at().truncatedTo(SECONDS),
        SymphonyView.Tokens.of(now.spent().inputTokens(), now.spent().outputTokens()));
  }

  private SymphonyView.Retrying retrying(Tracked tracked, Instant due, @Nullable String error) {
    return new SymphonyView.Retrying(
        tracked.claim().ticket().id(),
        tracked.claim().ticket().identifier(),
        tracked.item().item().dossier().counters().failures(),
        due.truncatedTo(SECONDS),
        error,
        null,
        workspace(tracked.item().item()));
  }

  private SymphonyView.Blocked blocked(Tracked tracked, Waiting waiting) {
    var now = now(waiting).orElse(NOTHING);
    var last = last(now);
    return new SymphonyView.Blocked(
        tracked.claim().ticket().id(),
        tracked.claim().ticket().identifier(),
        tracked.claim().seen().state(),
        waiting.reason(),
        null,
        workspace(waiting),
        orNull(now.session()),
        orNull(now.thread()),
        tracked.item().updatedAt().truncatedTo(SECONDS),
        last.map(Activity.At::event).orElse(null),
        last.map(Activity.At::words).orElse(null),
        last.map(it -> it.at().truncatedTo(SECONDS)).orElse(null));
  }

  SymphonyView.Issue issue(Tracked tracked) {
    var item = tracked.item().item();
    var row = row(tracked);
    var failures = item.dossier().counters().failures();
    var id = item.dossier().id().value();
    return new SymphonyView.Issue(
        tracked.claim().ticket().identifier(),
        tracked.claim().ticket().id(),
        status(row),
        new SymphonyView.Place(workspace(item), null),
        new SymphonyView.Attempts(Math.max(failures - 1, 0), failures),
        row instanceof Row.Runs(var view) ? view : null,
        row instanceof Row.Retries(var view) ? view : null,
        row instanceof Row.Blocks(var view) ? view : null,
        new SymphonyView.Logs(
            List.of(
                new SymphonyView.Log(
                    "transcript", null, publicUrl + "/api/v1/items/" + id + "/transcript"))),
        now(item).orElse(NOTHING).recent().stream()
            .map(it -> new SymphonyView.Event(it.at().truncatedTo(SECONDS), it.event(), it.words()))
            .toList(),
        lastError(row),
        new SymphonyView.Tracked(
            id, tracked.claim().ticket().board(), item.stage().wire(), publicUrl + "/items/" + id));
  }

  private static String status(Row row) {
    return switch (row) {
      case Row.Runs _ -> "running";
      case Row.Retries _ -> "retrying";
      case Row.Blocks _ -> "blocked";
      case Row.Rests(var status, _) -> status;
    };
  }

  private static @Nullable String lastError(Row row) {
    return switch (row) {
      case Row.Runs _, Row.Rests _ -> null;
      case Row.Retries(var view) -> view.error();
      case Row.Blocks(var view) -> view.error();
    };
  }

  /// Why a queued item is not at work: its last attempt's failure, or no room.
  private String error(Known item) {
    return item.dossier().counters().failures() == 0
        ? NO_ROOM
        : lists.history(item.dossier().id().value()).reversed().stream()
            .map(HistoryEntry::event)
            .flatMap(SymphonyRows::reason)
            .findFirst()
            .orElse(NO_ROOM);
  }

  private static Stream<String> reason(WorkItemEvent event) {
    return switch (event) {
      case WorkItemEvent.AttemptEnded(_, var result, _, _) -> Stream.of(result.outcome().reason());
      case WorkItemEvent.AttemptLost(_, var why, _, _) -> Stream.of(why);
      case WorkItemEvent.SignalReceived _,
          WorkItemEvent.AttemptStarted _,
          WorkItemEvent.CheckpointReported _,
          WorkItemEvent.IntentRecorded _,
          WorkItemEvent.OutcomeRefused _,
          WorkItemEvent.DecisionMade _,
          WorkItemEvent.WaitEnded _ ->
          Stream.empty();
    };
  }

  private Optional<Activity.Now> now(Known item) {
    return activity.of(item.dossier().id());
  }

  private static Optional<Activity.At> last(Activity.Now now) {
    return now.recent().isEmpty() ? Optional.empty() : Optional.of(now.recent().getLast());
  }

  /// Only codegen works in one that lasts.
  private @Nullable String workspace(Known item) {
    var dossier = item.dossier();
    return item instanceof Running running && running.stage() == Stage.CODEGEN
        ? folder
            .resolve(dossier.id().value())
            .resolve("g" + running.lease().generation())
            .toString()
        : null;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

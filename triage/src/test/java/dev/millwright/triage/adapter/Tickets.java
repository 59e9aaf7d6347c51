package dev.millwright.triage.adapter;

import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.Progress;
import dev.millwright.shared.line.Activity;
import dev.millwright.shared.line.Doing;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.port.BoardWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tickets of a board and the items they became, as a test wants them.
final class Tickets implements ItemLists {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
  static final Usage USED = new Usage(1_000, 200, 0, Duration.ofSeconds(90));
  private static final Lease LEASE = new Lease(Stage.CODEGEN, 3, "here", NOW.minusMillis(60_123));

  final Activity activity = new Activity();
  private final List<BoardWork.Tracked> tracked = new ArrayList<>();
  boolean away;
  int asked;
  @Nullable RuntimeException failure;

  void clear() {
    // Another attempt begins from nothing.
    activity.take(id("ABC-1"), 0, NOW, new Doing.Session(""));
    tracked.clear();
    away = false;
    asked = 0;
    failure = null;
  }

  List<BoardWork.Tracked> tracked() {
    if (failure != null) {
      throw failure;
    }
    return List.copyOf(tracked);
  }

  void running(String identifier, Stage stage) {
    add(identifier, new WorkItemState.Running(dossier(identifier, 0), stage, LEASE));
  }

  /// The agent of a running one has a session and says something.
  void works(String identifier) {
    for (var doing :
        List.of(
            new Doing.Session("thread"),
            new Doing.Event("session_started", "session thread"),
            new Doing.Turn("thread-turn"),
            new Doing.Event("message", "looking\u001b[31m around"),
            new Doing.Spent(new Usage(100, 20, 0, Duration.ZERO)))) {
      activity.take(id(identifier), LEASE.generation(), NOW, doing);
    }
  }

  void limits(String json) {
    activity.take(new ItemId("any"), 1, NOW, new Doing.Limits(json));
  }

  void retried(String identifier, int failures) {
    add(
        identifier,
        new WorkItemState.Queued(
            dossier(identifier, failures), Stage.CODEGEN, NOW.plusSeconds(100)));
  }

  void waiting(String identifier, WaitingOn on, String reason) {
    add(
        identifier,
        new WorkItemState.Waiting(dossier(identifier, 0), Stage.CODEGEN, on, reason, null));
  }

  private void add(String identifier, WorkItemState.Known item) {
    var ticket = new Claim.Ticket("backlog", "id-" + identifier, identifier);
    var claim =
        new Claim(
            ticket,
            new SignalKey("linear:" + identifier),
            id(identifier),
            NOW,
            Claim.Hold.HELD,
            new Claim.Seen("In Progress", "", ""),
            Claim.Heard.NOTHING,
            Claim.Written.NOTHING);
    tracked.add(
        new BoardWork.Tracked(claim, new ItemRow(item, Progress.opened(NOW), NOW, 1, null)));
  }

  private static ItemId id(String identifier) {
    return ItemId.of(new SignalKey("linear:" + identifier));
  }

  private static Dossier dossier(String identifier, int failures) {
    var signal =
        new Signal(
            new SignalKey("linear:" + identifier),
            "board:backlog",
            new Author("kim", Author.Trust.MEMBER),
            new Request("Say two", "", null, List.of(), 2, "orders", null),
            Map.of("identifier", identifier),
            null);
    return new Dossier(
        id(identifier),
        Context.of(signal),
        new Counters(failures, 0, 0, 0),
        3,
        Usage.NONE,
        Map.of(),
        NOW);
  }

  @Override
  public Page list(Query query) {
    return new Page(List.of(), null);
  }

  @Override
  public List<HistoryEntry> history(String item) {
    var failed =
        StageResult.of(
            new Outcome.Retry(FailureKind.CRASH, "codex port_exit: exit code 3", Duration.ZERO));
    var ended =
        new WorkItemEvent.AttemptEnded(LEASE, failed, new Next.Queue(Stage.CODEGEN, NOW), NOW);
    return List.of(new HistoryEntry(1, "attempt-ended", ended, ""));
  }
}

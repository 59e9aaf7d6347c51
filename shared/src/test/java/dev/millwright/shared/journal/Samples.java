package dev.millwright.shared.journal;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.DocsReport;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Part;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One value for every event and state, every outcome, part and next, with every field filled
/// somewhere: what the golden files hold.
final class Samples {
  static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456789Z");
  static final ItemId ID = new ItemId("github-acme-orders-218");
  static final Signal SIGNAL =
      new Signal(
          new SignalKey("github:acme/orders#218"),
          "github",
          new Author("ann", Author.Trust.MEMBER),
          new Request(
              "Total is wrong 🚀",
              "Line one\nline two",
              "bug",
              List.of("agent", "money"),
              2,
              "orders",
              "recipes"),
          Map.of("recipe", "upgrade"),
          "https://example.com/218");

  private static final ArtifactRef DIFF = new ArtifactRef("d".repeat(64), 812, "text/x-diff");
  private static final ArtifactRef LOG = new ArtifactRef("1".repeat(64), 4096, "text/plain");
  private static final Diagnostic FINDING =
      Diagnostic.error("tests", "expected 3 but was 4", "src/OrderTest.java", 17);
  private static final Usage USAGE = new Usage(1200, 340, 56_000, Duration.ofMillis(61_500));
  private static final Contract CONTRACT =
      new Contract(
          "Make the total right",
          new Contract.Boundary(List.of("src/**"), List.of(".github/**"), 40, 2000),
          new Contract.Environment(List.of("make deps"), Map.of("recipe", "upgrade")),
          List.of(new Contract.Check("tests", "make test", Duration.ofMinutes(10))),
          Contract.Deliverable.PULL_REQUEST,
          new Contract.Route("orders", "main", "recipes", Kind.BUG),
          new Contract.Judgement("a test fails", 0.75));
  private static final Change CHANGE =
      new Change(
          new Change.Revision("millwright/github-acme-orders-218", "ba5e", "c0ffee"),
          new Change.Size(2, 10, 3),
          "recipes",
          "Sums in cents",
          DIFF,
          LOG);
  private static final Evidence EVIDENCE =
      new Evidence(
          "c0ffee",
          Evidence.Verdict.FAILED,
          List.of(
              new Evidence.CheckResult(
                  "tests",
                  "make test",
                  Evidence.Status.FAILED,
                  Duration.ofMillis(1500),
                  new Evidence.Tests(12, 1, 2),
                  "12 run, 1 failed")),
          List.of(FINDING),
          LOG);
  private static final Proposal PROPOSAL =
      new Proposal("local", "7", "https://example.com/7", "c0ffee", "1a4ded", "# What");

  private static final Note NOTE = Note.followUp("codex", "Round late", new ItemId("task-2"));

  private Samples() {}

  static Map<String, WorkItemEvent> events() {
    var events = new TreeMap<String, WorkItemEvent>();
    events.put(
        "signal-received",
        new WorkItemEvent.SignalReceived(SIGNAL, ID, new Next.Queue(Stage.TRIAGE, AT), AT));
    events.put("attempt-started", new WorkItemEvent.AttemptStarted(lease(Stage.CODEGEN), AT));
    events.put(
        "checkpoint-reported", new WorkItemEvent.CheckpointReported(3, "session", "5e55-10n", AT));
    events.put("intent-recorded", new WorkItemEvent.IntentRecorded(3, NOTE, AT));
    events.put(
        "attempt-lost",
        new WorkItemEvent.AttemptLost(
            lease(Stage.VALIDATION),
            "its process is gone",
            new Next.Queue(Stage.VALIDATION, AT),
            AT));
    events.put(
        "outcome-refused",
        new WorkItemEvent.OutcomeRefused(
            lease(Stage.RELEASE), "generation 3 is over, 5 counts", AT));
    events.put(
        "decision-made",
        new WorkItemEvent.DecisionMade(
            new Decision(Decision.Verb.REWORK, "ann", "name it better"),
            new Next.Queue(Stage.CODEGEN, AT),
            AT));
    events.put("wait-ended", new WorkItemEvent.WaitEnded(new Next.Queue(Stage.MONITORING, AT), AT));
    endings(events);
    return events;
  }

  private static void endings(Map<String, WorkItemEvent> events) {
    events.put(
        "attempt-ended.advance",
        ended(
            Stage.TRIAGE,
            new Outcome.Advance("clear"),
            CONTRACT,
            new Next.Queue(Stage.CODEGEN, AT)));
    events.put(
        "attempt-ended.hooks",
        ended(Stage.TRIAGE, new Outcome.Advance("clear"), hooked(), new Next.Stay()));
    events.put(
        "attempt-ended.judged",
        ended(Stage.TRIAGE, new Outcome.Advance("clear"), judged(), new Next.Stay()));
    events.put(
        "attempt-ended.retry",
        ended(
            Stage.CODEGEN,
            new Outcome.Retry(FailureKind.RATE_LIMIT, "429", Duration.ofSeconds(30)),
            CHANGE,
            new Next.Queue(Stage.CODEGEN, AT.plusSeconds(30))));
    events.put(
        "attempt-ended.send-back",
        ended(
            Stage.VALIDATION,
            new Outcome.SendBack(Stage.CODEGEN, "tests are red", List.of(FINDING)),
            EVIDENCE,
            new Next.Queue(Stage.CODEGEN, AT)));
    events.put(
        "attempt-ended.wait",
        ended(
            Stage.RELEASE,
            new Outcome.Wait(WaitingOn.REVIEW, "look at it", Duration.ofMinutes(5)),
            PROPOSAL,
            new Next.Wait(Stage.RELEASE, WaitingOn.REVIEW, "look at it", AT.plusSeconds(300))));
    events.put(
        "attempt-ended.split",
        ended(
            Stage.DOCUMENTATION,
            new Outcome.Split("two pages"),
            new DocsReport("two pages are stale", List.of(FINDING), List.of("docs-1", "docs-2")),
            new Next.Finish(Stage.DOCUMENTATION, WorkItemState.Result.DONE, "two pages")));
    events.put(
        "attempt-ended.drop",
        ended(
            Stage.MONITORING,
            new Outcome.Drop("seen before", new ItemId("task-1")),
            new Aftercare("healthy", true, 4, AT),
            new Next.Finish(Stage.MONITORING, WorkItemState.Result.DUPLICATE, "seen before")));
    events.put(
        "attempt-ended.give-up",
        ended(Stage.CODEGEN, new Outcome.GiveUp("impossible"), null, new Next.Stay()));
  }

  static Map<String, WorkItemState.Known> states() {
    var context =
        new Context(
            SIGNAL,
            Map.of(Stage.TRIAGE, CONTRACT, Stage.CODEGEN, CHANGE, Stage.RELEASE, PROPOSAL),
            List.of(new Feedback(Stage.VALIDATION, Stage.CODEGEN, "red", List.of(FINDING))),
            List.of(
                new Context.Decided(
                    new Decision(Decision.Verb.APPROVE, "ann", "fine"), AT, "c0ffee")),
            List.of());
    var dossier =
        new Dossier(
            ID, context, new Counters(1, 2, 3, 4), 9, USAGE, Map.of("session", "5e55-10n"), AT);
    var noted =
        new Dossier(ID, Context.of(SIGNAL).with(NOTE), Counters.ZERO, 1, Usage.NONE, Map.of(), AT);
    return new TreeMap<>(
        Map.of(
            "noted", new WorkItemState.Queued(noted, Stage.CODEGEN, AT),
            "queued", new WorkItemState.Queued(dossier, Stage.RELEASE, AT),
            "running", new WorkItemState.Running(dossier, Stage.RELEASE, lease(Stage.RELEASE)),
            "waiting",
                new WorkItemState.Waiting(dossier, Stage.RELEASE, WaitingOn.REVIEW, "look", AT),
            "finished",
                new WorkItemState.Finished(
                    dossier, Stage.RELEASE, WorkItemState.Result.CANCELLED, "enough")));
  }

  private static WorkItemEvent ended(Stage stage, Outcome outcome, @Nullable Part part, Next next) {
    return new WorkItemEvent.AttemptEnded(
        lease(stage), new StageResult(outcome, part, USAGE, List.of(SIGNAL)), next, AT);
  }

  private static Contract hooked() {
    return new Contract(
        CONTRACT.task(),
        CONTRACT.boundary(),
        new Contract.Environment(
            List.of(),
            Map.of(),
            new Hooks("npm ci", "make db", "", "make down", Duration.ofSeconds(5)),
            List.of("npm prune")),
        CONTRACT.verification(),
        CONTRACT.deliverable(),
        CONTRACT.route(),
        CONTRACT.judgement());
  }

  private static Contract judged() {
    return new Contract(
        CONTRACT.task(),
        CONTRACT.boundary(),
        CONTRACT.environment(),
        CONTRACT.verification(),
        CONTRACT.deliverable(),
        CONTRACT.route(),
        new Contract.Judgement(
            "a test fails",
            0.75,
            List.of(new Contract.Finding("kind", "bug", 0.9, "its title says \"fails\"")),
            new Contract.Forecast(
                12,
                "bug in orders for codex",
                0.8,
                new Contract.Estimate(400_000, Duration.ofMinutes(6)),
                new Contract.Estimate(1_900_000, Duration.ofMinutes(21)))));
  }

  private static Lease lease(Stage stage) {
    return new Lease(stage, 3, "node#1", AT);
  }
}

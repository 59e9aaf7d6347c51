package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One item that is told random things: mostly what moves it on, often what is late, early, twice,
/// or out of place. The same seed tells the same life.
public final class RandomLife {
  static final ItemId ID = new ItemId("random-life");
  private static final String[] TEXTS = {
    "",
    "ok",
    "zwölf Boxkämpfer",
    "日本語",
    "\uD83D\uDE80 up",
    "nul \u0000 and \u001b[31m",
    "a\r\nb",
    "'; --"
  };

  private final ItemId id;
  private final RandomGenerator random;
  private final WorkItem rules;
  private final String key;
  private final List<WorkItemCommand> said = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final List<WorkItemEvent> journal = new ArrayList<>();
  private WorkItemState state = new Blank();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  RandomLife(long seed, Limits limits) {
    this(ID, seed, limits);
  }

  public RandomLife(ItemId id, long seed, Limits limits) {
    this.id = id;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.rules = new WorkItem(limits);
    this.key = random.nextInt(4) == 0 ? "task:7k2m9q" : "test:random-life";
  }

  /// What one command did.
  public record Step(
      WorkItemState before, WorkItemCommand command, Verdict verdict, WorkItemState after) {}

  public List<Step> live(int commands) {
    return IntStream.range(0, commands).mapToObj(_ -> step()).toList();
  }

  List<WorkItemEvent> journal() {
    return List.copyOf(journal);
  }

  private Step step() {
    if (random.nextInt(4) > 0) {
      now = now.plusMillis(random.nextLong(1, 600_000));
    }
    var before = state;
    var command = random.nextInt(10) < 7 ? sensible() : anything();
    var verdict = rules.decide(before, command);
    for (var event : eventsOf(verdict)) {
      state = Evolution.evolve(state, event);
      journal.add(event);
    }
    if (state instanceof Running(_, _, var lease)) {
      leases.add(lease);
    }
    said.add(command);
    return new Step(before, command, verdict, state);
  }

  static List<WorkItemEvent> eventsOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accept(var events) -> events;
      case Verdict.Refusal(_, _, var recorded) -> recorded;
      case Verdict.AlreadyDone _ -> List.of();
    };
  }

  private WorkItemCommand sensible() {
    return switch (state) {
      case Blank _ -> receive();
      case Queued(_, var stage, var notBefore) -> {
        now = notBefore.isAfter(now) && random.nextBoolean() ? notBefore : now;
        yield new WorkItemCommand.Begin(stage, "node#" + random.nextInt(3), now);
      }
      case Running(_, var stage, var lease) -> forRunning(stage, lease);
      case Waiting(_, _, _, _, var until) when until != null && random.nextBoolean() -> {
        now = until.isAfter(now) ? until : now;
        yield new WorkItemCommand.Wake(now);
      }
      case Waiting _ -> decide();
      case WorkItemState.Finished _ -> random.nextBoolean() ? receive() : decide();
    };
  }

  private WorkItemCommand forRunning(Stage stage, Lease lease) {
    return switch (random.nextInt(8)) {
      case 0 -> new WorkItemCommand.Lose(lease, text(), now);
      case 1 -> new WorkItemCommand.Checkpoint(lease, "fact" + random.nextInt(3), text(), now);
      case 2 -> new WorkItemCommand.Take(lease, Note.comment("codex", text()), now);
      default -> end(stage, lease);
    };
  }

  private WorkItemCommand anything() {
    return switch (random.nextInt(9)) {
      case 0 -> receive();
      case 1 -> new WorkItemCommand.Begin(one(Stage.values()), "node#9", now);
      case 2 -> new WorkItemCommand.Checkpoint(anyLease(), "fact0", text(), now);
      case 3 -> end(one(Stage.values()), anyLease());
      case 4 -> new WorkItemCommand.Lose(anyLease(), text(), now);
      case 5 -> decide();
      case 6 -> new WorkItemCommand.Wake(now);
      case 7 -> new WorkItemCommand.Take(anyLease(), Note.title("codex", text()), now);
      default -> said.isEmpty() ? receive() : said.get(random.nextInt(said.size()));
    };
  }

  private WorkItemCommand receive() {
    var other = random.nextInt(20) == 0;
    return new WorkItemCommand.Receive(
        id,
        new Signal(
            new SignalKey(other ? "test:another" : key),
            "test",
            new Author("ann", one(Author.Trust.values())),
            new Request(
                "Title " + random.nextInt(3),
                text(),
                maybe(this::text),
                List.of("a", text()),
                random.nextInt(5),
                maybe(() -> "orders"),
                maybe(() -> "recipes")),
            Map.of("fact", text()),
            maybe(() -> "https://example.com/1")),
        now);
  }

  private WorkItemCommand decide() {
    return new WorkItemCommand.Decide(
        new Decision(one(Decision.Verb.values()), "ann", text()), now);
  }

  private WorkItemCommand end(Stage stage, Lease lease) {
    var usage = new Usage(random.nextInt(9), random.nextInt(9), random.nextInt(9), time());
    var result =
        new StageResult(outcome(), maybe(() -> RandomParts.of(stage, random)), usage, List.of());
    return new WorkItemCommand.End(lease, result, now);
  }

  private Outcome outcome() {
    return switch (random.nextInt(12)) {
      case 0 ->
          new Outcome.SendBack(
              one(Stage.values()), text(), List.of(Diagnostic.error("tests", text(), "A.java", 3)));
      case 1, 2 -> new Outcome.Wait(one(WaitingOn.values()), text(), maybe(this::time));
      case 3, 4 -> new Outcome.Retry(one(FailureKind.values()), text(), time());
      case 5 ->
          random.nextBoolean()
              ? new Outcome.GiveUp(text())
              : new Outcome.Drop(text(), maybe(() -> new ItemId("other")));
      case 6 -> new Outcome.Split(text());
      default -> new Outcome.Advance(text());
    };
  }

  private Lease anyLease() {
    return leases.isEmpty()
        ? new Lease(Stage.TRIAGE, 1, "nobody", now)
        : leases.get(random.nextInt(leases.size()));
  }

  private Duration time() {
    return Duration.ofMillis(random.nextLong(600_000));
  }

  private String text() {
    return one(TEXTS);
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}

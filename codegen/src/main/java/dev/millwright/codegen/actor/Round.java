package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Codegen;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.domain.CommitMessage;
import dev.millwright.codegen.domain.Convergence;
import dev.millwright.codegen.domain.Fence;
import dev.millwright.codegen.domain.Instructions;
import dev.millwright.codegen.domain.Prompt;
import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.Author;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.FileChange;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.LogEntry;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.TakeOut;
import dev.millwright.shared.workspace.Workspace;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// One attempt in one workspace: prompt in, agent's turn, work out.
///
/// @param tickets where work comes from
record Round(Assignment work, Agent agent, Told told, Ground ground, Tickets tickets) {
  /// What the agent is told.
  record Told(Contract contract, Instructions instructions) {}

  /// Where it works.
  ///
  /// @param from the commit the workspace starts at
  /// @param place the name of its workspace, the item's unless several rounds are played at once
  record Ground(Mirror mirror, Codegen.Start start, String from, String place) {
    String base() {
      return start.base();
    }
  }

  private static final String LOOK =
      "git -c core.fsmonitor=false -c core.hooksPath=/dev/null rev-parse HEAD"
          + " && git -c core.fsmonitor=false -c core.hooksPath=/dev/null status --porcelain";

  /// Whoever reads the board ends such an item sooner; a ticket that is work again goes on.
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final int MOST_SUMMARY = 2_000;
  private static final int MOST_ROUNDS = 50;

  StageResult play(CodegenSettings settings, Workspaces workspaces, Sandbox sandbox, Clock clock)
      throws InterruptedException, IOException {
    var began = clock.instant();
    try (var transcript = Transcript.open(work, clock, settings.transcriptBytes())) {
      var preparation = new Preparation(workspaces, sandbox, settings, transcript);
      var desk = new Desk(work, agent.name(), settings.intents(), tickets, transcript);
      var generation = Math.toIntExact(work.lease().generation());
      var key = Preparation.key(ground.mirror(), ground.from(), told.contract().environment());
      var checkout =
          workspaces.create(ground.place(), generation, ground.mirror(), ground.from(), key);
      var kept = false;
      StageResult result;
      try {
        var unfit =
            preparation.of(
                checkout, told.contract().environment(), ground.from().equals(ground.base()));
        result =
            unfit.isPresent()
                ? unfit.get()
                : result(
                    talk(settings, checkout, desk, sandbox),
                    settings,
                    checkout,
                    desk,
                    workspaces,
                    sandbox);
        kept = result.outcome() instanceof Outcome.Advance;
      } finally {
        // Also when interrupted. If this is cut short too, the next attempt finds the workspace.
        if (kept) {
          workspaces.leave(checkout, sandbox);
        } else {
          workspaces.retire(checkout, sandbox);
        }
      }
      var took = Usage.of(Duration.between(began, clock.instant()));
      return result.costing(transcript.spent().plus(took)).keeping(transcript.exchanges());
    }
  }

  /// The session has ended when this returns, so nobody writes while the work is taken out.
  private AgentOutcome talk(CodegenSettings settings, Workspace place, Desk desk, Sandbox sandbox)
      throws InterruptedException {
    try (var session = agent.open(brief(settings, place, desk), desk.transcript())) {
      Conversation.Look look = () -> !beganElsewhere() && untouched(settings, place, sandbox);
      return new Conversation(work, session, desk, look, settings.turns(agent.name()))
          .hold(words());
    }
  }

  /// Asked inside, where whatever git may start there can do no harm. It decides only whether the
  /// agent is asked once more.
  private boolean untouched(CodegenSettings settings, Workspace place, Sandbox sandbox)
      throws InterruptedException {
    var limits = Limits.of(settings.sandbox()).withTime(settings.setup());
    var box = place.box().withNetwork(Network.NONE);
    var exit = sandbox.run(Command.shell(LOOK).withLimits(limits), box, OutputListener.none());
    return exit.succeeded() && exit.output().stdout().strip().equals(ground.from());
  }

  private Words words() {
    return Prompt.of(work.context(), told.contract(), told.instructions(), ground.start());
  }

  /// What people call the work and want, as Symphony names a turn.
  private String subject() {
    var signal = work.context().signal();
    var identifier = signal.facts().getOrDefault("identifier", work.item().value());
    return Fence.line(identifier + ": " + signal.request().title());
  }

  private Brief brief(CodegenSettings settings, Workspace place, Desk desk) {
    return new Brief(
        new Brief.Subject(work.item(), work.lease().generation(), subject()),
        told.contract().environment().instructions(),
        place,
        settings.turn(),
        work.counters().spent(),
        desk);
  }

  private StageResult result(
      AgentOutcome ended,
      CodegenSettings settings,
      Workspace place,
      Desk desk,
      Workspaces workspaces,
      Sandbox sandbox)
      throws InterruptedException, IOException {
    return switch (ended) {
      case AgentOutcome.Failed(var kind, var reason, var notBefore) -> {
        desk.transcript().say("failed: " + reason);
        yield StageResult.of(
            Codegen.failed(
                kind,
                reason,
                Optional.ofNullable(notBefore),
                work.counters().failures(),
                settings.longestPause()));
      }
      case AgentOutcome.BrokeOff(var reason) ->
          throw new IllegalStateException("a conversation does not end so: " + reason);
      case AgentOutcome.CalledOff(var reason) -> {
        desk.transcript().say("called off: " + reason);
        yield StageResult.of(new Outcome.Wait(WaitingOn.TIME, reason, LOOK_AGAIN));
      }
      case AgentOutcome.Asks(var question) -> {
        if (takeOut(question, place, desk, workspaces, sandbox)
            instanceof TakeOut.Taken(var commit, _)) {
          work.checkpoint(CodegenStage.PROGRESS, commit);
        }
        yield StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, question, null));
      }
      case AgentOutcome.Done(var summary) ->
          taken(takeOut(summary, place, desk, workspaces, sandbox), summary, desk);
      case AgentOutcome.NothingToDo(var reason) ->
          taken(takeOut(reason, place, desk, workspaces, sandbox), reason, desk);
    };
  }

  private TakeOut takeOut(
      String summary, Workspace place, Desk desk, Workspaces workspaces, Sandbox sandbox)
      throws InterruptedException {
    var message = CommitMessage.of(desk.title(), summary, work.item(), agent.name());
    return workspaces.takeOut(place, sandbox, message, Author.MILLWRIGHT);
  }

  private StageResult taken(TakeOut out, String words, Desk desk) throws IOException {
    return switch (out) {
      case TakeOut.Taken(var commit, _) -> change(commit, words, desk);
      case TakeOut.Nothing _ ->
          beganElsewhere() ? change(ground.from(), words, desk) : nothing(words);
      case TakeOut.Refused(var reason) ->
          CodegenStage.giveUp("the work cannot be taken out: " + reason);
    };
  }

  /// Whether the workspace held work that may stand as it is: handed over, kept while a question
  /// was open, or held back only for a word that came in late.
  private boolean beganElsewhere() {
    return !ground.from().equals(ground.base())
        && (work.context().change().isEmpty() || work.checkpointed(Dossier.HELD_BACK).isPresent());
  }

  private StageResult nothing(String words) {
    var said = words.isBlank() ? "and said nothing about it" : "and said: " + cut(words);
    var reason = "%s changed nothing %s".formatted(agent.name(), said);
    var asked = work.context().feedbackTo(Stage.CODEGEN);
    return work.context().change().isEmpty() && asked.isEmpty()
        ? StageResult.of(new Outcome.Drop(reason, null))
        : StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, Codegen.unmoved(reason, asked), null));
  }

  private StageResult change(String commit, String words, Desk desk) throws IOException {
    var circling = circling(commit);
    if (circling.isPresent()) {
      return CodegenStage.giveUp(circling.get());
    }
    var files = ground.mirror().numstat(ground.base(), commit);
    var size =
        new Change.Size(
            files.size(),
            files.stream().mapToInt(FileChange::additions).sum(),
            files.stream().mapToInt(FileChange::deletions).sum());
    var said = words.isBlank() ? desk.title() : cut(words);
    desk.transcript()
        .say(
            "%s changed, %d added, %d removed, commit %s"
                .formatted(files(size), size.additions(), size.deletions(), commit));
    var change =
        new Change(
            new Change.Revision(Codegen.branch(work.item()), ground.base(), commit),
            size,
            agent.name(),
            said,
            work.artifacts()
                .put(ground.mirror().diff(ground.base(), commit), "text/x-diff; charset=utf-8"),
            desk.transcript().keep());
    return StageResult.advance(agent.name() + " changed " + files(size), change);
  }

  private static String files(Change.Size size) {
    return size.files() == 1 ? "1 file" : size.files() + " files";
  }

  /// Earlier rounds are the change's own commits, so their trees need no record of their own.
  private Optional<String> circling(String commit) {
    var earlier =
        ground.mirror().log(ground.base() + ".." + ground.from(), MOST_ROUNDS).stream()
            .map(LogEntry::commit)
            .filter(round -> !round.equals(ground.from()))
            .map(ground.mirror()::treeOf)
            .collect(Collectors.toSet());
    earlier.add(ground.mirror().treeOf(ground.base()));
    return Convergence.circling(
        ground.mirror().treeOf(commit), earlier, work.context().feedbackTo(Stage.CODEGEN));
  }

  private static String cut(String words) {
    var kept = words.strip();
    return kept.length() <= MOST_SUMMARY ? kept : kept.substring(0, MOST_SUMMARY) + " … (cut)";
  }
}

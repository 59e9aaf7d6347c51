package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Codegen;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.domain.Convergence;
import dev.millwright.codegen.domain.Handover;
import dev.millwright.codegen.domain.Instructions;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.Jury;
import dev.millwright.codegen.port.Template;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.Author;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Merge;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a contract to a change: finds where to start, lets the agent work, takes its work out.
///
/// Safe to run again after any crash: an earlier attempt's workspace is salvaged first, and commits
/// are kept under refs that name item and generation. Nothing outside the mirror is touched.
public final class CodegenStage implements StageCode {
  /// The checkpoint that names the commit of unfinished work, kept while a question is open.
  static final String PROGRESS = "progress";

  private static final Logger LOG = LoggerFactory.getLogger(CodegenStage.class);
  private static final int MOST_LEFT = 500;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Supplier<CodegenSettings> settings;
  private final Function<String, List<Agent>> agents;
  private final Function<String, Optional<Mirror>> mirrors;
  private final Workspaces workspaces;
  private final Sandbox sandbox;
  private final Guidance guidance;
  private final Jury jury;
  private final Clock clock;
  private final Tickets tickets;

  /// For work that comes from no board.
  public CodegenStage(
      Supplier<CodegenSettings> settings,
      Function<String, List<Agent>> agents,
      Function<String, Optional<Mirror>> mirrors,
      Workspaces workspaces,
      Sandbox sandbox,
      Template template,
      Jury jury,
      Clock clock) {
    this(settings, agents, mirrors, workspaces, sandbox, template, jury, clock, Tickets.NONE);
  }

  /// @param settings asked anew for each attempt, so that a reload counts from the next one on
  /// @param agents by the names contracts use
  /// @param mirrors by the names of the configured repositories, empty for an unknown one
  /// @param tickets where work comes from
  public CodegenStage(
      Supplier<CodegenSettings> settings,
      Function<String, List<Agent>> agents,
      Function<String, Optional<Mirror>> mirrors,
      Workspaces workspaces,
      Sandbox sandbox,
      Template template,
      Jury jury,
      Clock clock,
      Tickets tickets) {
    this.settings = settings;
    this.agents = agents;
    this.mirrors = mirrors;
    this.workspaces = workspaces;
    this.sandbox = sandbox;
    this.guidance = new Guidance(template);
    this.jury = jury;
    this.clock = clock;
    this.tickets = tickets;
  }

  @Override
  public Stage stage() {
    return Stage.CODEGEN;
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    var contract = work.context().contract();
    if (contract.isEmpty()) {
      return giveUp("there is no contract to work on");
    }
    var route = contract.get().route();
    var asked = asked(work.context(), agents.apply(route.agent()));
    if (asked.isEmpty()) {
      return ask("there is no agent '%s' any more; add it under agents".formatted(route.agent()));
    }
    var mirror = mirrors.apply(route.repo());
    if (mirror.isEmpty()) {
      return ask(
          "there is no repository '%s' any more; add it under repos".formatted(route.repo()));
    }
    var stuck = Convergence.stuck(work.context().feedbackTo(Stage.CODEGEN));
    if (stuck.isPresent()) {
      return giveUp(stuck.get());
    }
    try {
      return attempt(work, contract.get(), asked, mirror.get());
    } catch (GitException | IOException | UncheckedIOException e) {
      LOG.warn("workItem={} stage=codegen event=failed", work.item(), e);
      return retry("codegen could not do its own part: " + e.getMessage());
    }
  }

  private StageResult attempt(Assignment work, Contract contract, List<Agent> asked, Mirror mirror)
      throws InterruptedException, IOException {
    salvageEarlier(work);
    if (mirror.refresh() instanceof GitResult.Failed(_, var stderr)) {
      return retry("cannot fetch " + contract.route().repo() + ": " + stderr);
    }
    var newest = mirror.resolve("refs/heads/" + contract.route().base());
    if (newest.isEmpty()) {
      return giveUp("there is no branch '%s'".formatted(contract.route().base()));
    }
    var handed = Handover.named(work.context().signal().facts());
    if (handed.isPresent() && mirror.resolve(handed.get()).isEmpty()) {
      return giveUp("the work that was handed over is not here: " + handed.get());
    }
    var start = start(work, mirror, newest.get());
    var from = commit(start, mirror, newest.get());
    work.say("codegen: %s starts at %s".formatted(names(asked), from));
    try {
      var workflow = settings.get().workflow(contract.route().repo());
      var instructions = guidance.of(mirror, start.base(), work, contract, workflow);
      var entrants = new ArrayList<Contest.Entrant>();
      for (var agent : asked) {
        var place = place(work.item(), entrants.size());
        var round =
            new Round(
                work,
                agent,
                new Round.Told(contract, instructions),
                new Round.Ground(mirror, start, from, place),
                tickets);
        entrants.add(
            new Contest.Entrant(
                agent.name(), () -> round.play(settings.get(), workspaces, sandbox, clock)));
      }
      return entrants.size() == 1
          ? entrants.getFirst().round().play()
          : new Contest(work, contract, jury).play(entrants);
    } catch (Template.Broken e) {
      // Read anew next time: whoever mends the file need not tell the factory.
      return retry(
          "%s of '%s' cannot be filled in: %s"
              .formatted(Instructions.WORKFLOW, contract.route().base(), e.getMessage()));
    }
  }

  private Codegen.Start start(Assignment work, Mirror mirror, String newest) {
    var context = work.context();
    var earlier = Codegen.underWay(context);
    var sentBack = context.feedbackTo(Stage.CODEGEN);
    var together =
        earlier
            .map(change -> mirror.mergeTree(newest, change.revision().commit()))
            .map(merge -> merge instanceof Merge.Merged)
            .orElse(true);
    var start =
        handedOver(context, mirror, newest)
            .orElseGet(() -> Codegen.start(earlier, newest, together, sentBack));
    return work.checkpointed(PROGRESS)
        .filter(_ -> answered(context))
        .flatMap(mirror::resolve)
        .map(progress -> goOn(start, progress, mirror))
        .orElse(start);
  }

  /// The first round of work that was handed over starts from it.
  private static Optional<Codegen.Start> handedOver(Context context, Mirror mirror, String newest) {
    return Handover.named(context.signal().facts())
        .filter(_ -> context.change().isEmpty())
        .flatMap(mirror::resolve)
        .flatMap(commit ->
            mirror.mergeBase(newest, commit).map(base -> new Codegen.Start.Onward(base, commit)));
  }

  /// Work that stopped for a question goes on where it stopped, if it belongs to this round.
  private static Codegen.Start goOn(Codegen.Start start, String progress, Mirror mirror) {
    return switch (start) {
      case Codegen.Start.Fresh(var base) ->
          mirror
              .mergeBase(base, progress)
              .<Codegen.Start>map(old -> new Codegen.Start.Onward(old, progress))
              .orElse(start);
      case Codegen.Start.Onward(var base, var commit) when mirror.isAncestor(commit, progress) ->
          new Codegen.Start.Onward(base, progress);
      case Codegen.Start.Onward _, Codegen.Start.Merged _ -> start;
    };
  }

  /// Whether somebody said something since the question, whichever way.
  private static boolean answered(Context context) {
    if (context.decisions().isEmpty()) {
      return false;
    }
    return switch (context.decisions().getLast().decision().verb()) {
      case ANSWER, STEER, REMARK -> true;
      case APPROVE, REJECT, REWORK, CANCEL, RETRY -> false;
    };
  }

  private String commit(Codegen.Start start, Mirror mirror, String newest) {
    return switch (start) {
      case Codegen.Start.Fresh(var base) -> base;
      case Codegen.Start.Onward(_, var commit) -> commit;
      case Codegen.Start.Merged(_, var commit) ->
          switch (mirror.mergeTree(newest, commit)) {
            case Merge.Merged(var tree) ->
                mirror.commitTree(
                    tree,
                    List.of(commit, newest),
                    "Merge the newest base into the change\n",
                    Author.MILLWRIGHT,
                    clock.instant());
            case Merge.Conflicts _, Merge.Failed _ -> newest;
          };
    };
  }

  /// Who made the change goes on with it; several are asked only for the first one.
  private static List<Agent> asked(Context context, List<Agent> entrants) {
    var maker =
        entrants.stream()
            .filter(agent ->
                context.change().filter(made -> made.agent().equals(agent.name())).isPresent())
            .limit(1)
            .toList();
    return maker.isEmpty() ? entrants : maker;
  }

  private static String names(List<Agent> agents) {
    return agents.stream().map(Agent::name).collect(Collectors.joining(", "));
  }

  /// No item's name has an underscore, so no item's workspace is taken for another's.
  private static String place(ItemId item, int lane) {
    return lane == 0 ? item.value() : item + "_" + (lane + 1);
  }

  /// A crash leaves its workspace behind; what was done in it is kept before anything else starts.
  private void salvageEarlier(Assignment work) throws InterruptedException {
    int own = Math.toIntExact(work.lease().generation());
    for (int generation = Math.max(0, own - MOST_LEFT); generation <= own; generation++) {
      for (int lane = 0; lane < AgentSettings.MOST_ENTRANTS; lane++) {
        var left = workspaces.find(place(work.item(), lane), generation);
        if (left.isPresent()) {
          var kept = workspaces.retire(left.get(), sandbox);
          LOG.info("workItem={} stage=codegen event=salvaged result={}", work.item(), kept);
        }
      }
    }
  }

  /// Nothing an agent can do anything about: a person mends it, and no attempt is used up.
  static StageResult ask(String words) {
    return StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, words + ", then retry", null));
  }

  static StageResult giveUp(String reason) {
    return StageResult.of(new Outcome.GiveUp(reason));
  }

  static StageResult retry(String reason) {
    return StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, reason, SOON));
  }
}

package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway.Pass;
import dev.millwright.shared.settings.SandboxSettings.Network;
import dev.millwright.shared.workitem.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One conversation: starts the process at the first turn, watches time and silence, and says how
/// each turn ended.
///
/// An agent's own word is not enough for success: agents end a turn well although no model ever
/// answered. So a turn is done only if a reply came through the gateway, and why it failed is what
/// the gateway saw rather than what the agent made of it.
final class LiveSession implements AgentSession {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 500;

  private static final String UNTAMED =
      "is not run without a sandbox: nobody knows the switch that keeps it from running what a"
          + " checkout's own configuration says";

  private final Cast cast;
  private final SessionAgent.Ground ground;
  private final Brief brief;
  private final AgentListener listener;
  private final Pass pass;
  private final Instant deadline;
  private volatile @Nullable AgentProcess process;
  private String session = "";
  private @Nullable IntentDoor intents;

  LiveSession(Cast cast, SessionAgent.Ground ground, Brief brief, AgentListener listener) {
    this.cast = cast;
    this.ground = ground;
    this.brief = brief;
    this.listener = listener;
    this.pass = ground.gateway().admit(brief, cast.name());
    this.deadline = ground.clock().instant().plus(brief.limit());
  }

  @Override
  public AgentOutcome turn(Words words) throws InterruptedException {
    if (!ground.sandbox().isolates() && !cast.dialect().ignoresCheckout()) {
      return failed(FailureKind.REFUSAL, UNTAMED);
    }
    if (ground.reach() == Network.NONE) {
      return failed(FailureKind.AUTH, "reaches no model: sandbox.network is none");
    }
    var spentBefore = pass.spent();
    var repliesBefore = pass.replies();
    try {
      var home = AgentHome.of(ground.homes(), cast.name(), brief);
      var speaking = started(home);
      var known = home.wasTold(session, words.standing());
      var end = ended(speaking, speaking.protocol().turn(known ? words.news() : words.whole()));
      if (pass.replies() > repliesBefore) {
        home.told(session, words.standing());
      }
      return remembered(home, outcome(end, pass.replies() > repliesBefore));
    } catch (IOException e) {
      return AgentOutcome.failed(FailureKind.OUTSIDE, cast.name() + ": " + e.getMessage());
    } catch (ExecutionException e) {
      return failed(FailureKind.CRASH, "did not start: " + e.getCause());
    } catch (TimeoutException e) {
      return failed(
          FailureKind.STALL,
          "response_timeout: did not start within " + words(ground.patience().start()));
    } finally {
      listener.heard(new AgentEvent.Spent(pass.spent().minus(spentBefore)));
    }
  }

  /// A session that is full is of no more use; the work in its files is, to a fresh one.
  private AgentOutcome remembered(AgentHome home, AgentOutcome outcome) throws IOException {
    if (!(outcome instanceof AgentOutcome.Failed(var kind, var reason, _))
        || kind != FailureKind.CONTEXT) {
      return outcome;
    }
    home.forget();
    close(process);
    return new AgentOutcome.BrokeOff(reason);
  }

  /// The process that runs, or a new one in the same session. Where the old session is lost, a new
  /// one: the prompt says everything anyway.
  private AgentProcess started(AgentHome home)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var known = process;
    if (known != null && known.alive()) {
      return known;
    }
    if (intents == null) {
      intents = IntentDoor.open(pass.doors().resolve(AgentProcess.INTENTS), brief.intents());
    }
    var resume = home.remembered();
    if (resume.isPresent()) {
      try {
        return start(home, resume.get());
      } catch (ExecutionException | TimeoutException e) {
        listener.heard(new AgentEvent.Trouble("the earlier session is lost; starting afresh"));
      }
    }
    return start(home, null);
  }

  private AgentProcess start(AgentHome home, @Nullable String resume)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    close(process);
    var wanted = new Dialect.Wanted(resume, UUID.randomUUID().toString());
    var fresh = AgentProcess.start(cast, ground, brief, home, pass, wanted, listener);
    process = fresh;
    session =
        fresh
            .protocol()
            .open(resume)
            .get(ground.patience().start().toMillis(), TimeUnit.MILLISECONDS);
    home.remember(session);
    listener.heard(new AgentEvent.SessionStarted(session));
    return fresh;
  }

  /// Waits for the turn's end, the time limit, or a silence that is too long.
  private TurnEnd ended(AgentProcess speaking, CompletableFuture<TurnEnd> turn)
      throws InterruptedException, ExecutionException {
    try {
      return watched(speaking, turn);
    } catch (InterruptedException e) {
      stop(speaking, turn);
      throw e;
    }
  }

  private TurnEnd watched(AgentProcess speaking, CompletableFuture<TurnEnd> turn)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return turn.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        var now = ground.clock().instant();
        if (now.isAfter(deadline)) {
          stop(speaking, turn);
          return new TurnEnd.Failed(FailureKind.TIMEOUT, "took longer than " + brief.limit());
        }
        var silence = silence(speaking, now);
        if (silence.isPresent()) {
          stop(speaking, turn);
          return new TurnEnd.Failed(FailureKind.STALL, silence.get());
        }
      }
    }
  }

  /// Which silence is too long: of the agent, or of both it and its model.
  private Optional<String> silence(AgentProcess speaking, Instant now) {
    var patience = ground.patience();
    if (speaking.lastHeard().isBefore(now.minus(patience.turn()))) {
      return Optional.of("turn_timeout: said nothing for " + words(patience.turn()));
    }
    var quietSince = now.minus(patience.stall());
    return patience.stall().isPositive()
            && speaking.lastHeard().isBefore(quietSince)
            && pass.lastTraffic().isBefore(quietSince)
        ? Optional.of(
            "stalled: neither it nor its model said anything for " + words(patience.stall()))
        : Optional.empty();
  }

  private static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// Politely first; closing the session kills what does not listen.
  private static void stop(AgentProcess speaking, CompletableFuture<TurnEnd> turn)
      throws InterruptedException {
    speaking.protocol().interrupt();
    try {
      turn.get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      speaking.close();
    }
  }

  private AgentOutcome outcome(TurnEnd end, boolean answered) {
    return switch (end) {
      case TurnEnd.Completed(var words) when answered && pass.trouble().isEmpty() ->
          new AgentOutcome.Done(words);
      case TurnEnd.Completed _ ->
          failed(FailureKind.BAD_RESULT, "says it is done, but no model answered it");
      case TurnEnd.Asks(var question) -> new AgentOutcome.Asks(question);
      case TurnEnd.BrokeOff(var reason) when pass.trouble().isEmpty() ->
          new AgentOutcome.BrokeOff(cast.name() + " " + reason);
      case TurnEnd.BrokeOff(var reason) -> failed(FailureKind.BAD_RESULT, reason);
      case TurnEnd.Interrupted _ -> failed(FailureKind.CRASH, "was interrupted");
      case TurnEnd.Failed(var kind, var reason) -> failed(kind, reason);
    };
  }

  /// What the gateway saw is nearer to the cause than what the agent says.
  private AgentOutcome failed(FailureKind kind, String reason) {
    return pass.trouble()
        .<AgentOutcome>map(trouble ->
            new AgentOutcome.Failed(
                trouble.kind(),
                cast.name() + ": " + trouble.reason(),
                trouble.after().orElse(null)))
        .orElseGet(() -> AgentOutcome.failed(kind, cast.name() + " " + reason));
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public boolean steer(String words) throws InterruptedException {
    var speaking = process;
    if (speaking == null || !speaking.alive()) {
      return false;
    }
    try {
      return speaking.protocol().steer(words).get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    close(process);
    if (intents != null) {
      intents.close();
    }
    pass.close();
    pass.exchanges().ifPresent(file -> listener.heard(new AgentEvent.Exchanged(file)));
  }

  private static void close(@Nullable AgentProcess speaking) {
    if (speaking != null) {
      speaking.close();
    }
  }
}

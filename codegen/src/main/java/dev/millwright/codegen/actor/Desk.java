package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Fence;
import dev.millwright.codegen.domain.Intent;
import dev.millwright.codegen.domain.IntentForm;
import dev.millwright.codegen.domain.IntentForm.Read;
import dev.millwright.codegen.domain.IntentRules;
import dev.millwright.codegen.domain.IntentRules.Answer;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.IntentDesk;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The intents of one attempt: what policy allows is done at once, and everything is in the
/// transcript. Idempotent by content, so an attempt that takes the place of a lost one does nothing
/// twice.
final class Desk implements IntentDesk {
  private static final String SOURCE = "agent";

  private final Assignment work;
  private final String agent;
  private final Optional<Tickets.Ticket> ticket;
  private final IntentRules rules;
  private final Transcript transcript;
  private final List<Intent> granted = new ArrayList<>();
  private final Set<ItemId> proposed = new HashSet<>();
  private @Nullable String question;
  private String title;

  /// @param policy what an agent may ask for
  /// @param tickets where work comes from
  Desk(
      Assignment work,
      String agent,
      PolicySettings.Intents policy,
      Tickets tickets,
      Transcript transcript) {
    this.work = work;
    this.agent = agent;
    this.ticket = tickets.of(work.context().signal());
    this.rules = new IntentRules(policy, states(policy));
    this.transcript = transcript;
    this.title = work.context().title(agent);
    for (var note : work.context().notes()) {
      var item = note.item();
      if (item != null) {
        proposed.add(item);
      }
    }
  }

  private List<String> states(PolicySettings.Intents policy) {
    return ticket.stream()
        .flatMap(its -> Stream.concat(its.states().stream(), policy.ticketStates().stream()))
        .distinct()
        .toList();
  }

  /// Whether the ticket it works on is still work; so is work without a ticket.
  Tickets.Standing standing() {
    return ticket.map(Tickets.Ticket::standing).orElseGet(Tickets.Standing.Active::new);
  }

  /// What a turn came to: an agent that asked has asked, whatever it did afterwards.
  synchronized AgentOutcome settled(AgentOutcome ended) {
    return question == null ? ended : new AgentOutcome.Asks(question);
  }

  /// What the change is called.
  synchronized String title() {
    return title;
  }

  Transcript transcript() {
    return transcript;
  }

  @Override
  public synchronized Answer take(String name, Map<String, ?> fields) {
    try {
      var answer =
          switch (IntentForm.read(name, fields)) {
            case Read.Unreadable(var why) -> new Answer.Refused(why);
            case Read.Wanted(var intent) -> judged(intent);
          };
      if (answer instanceof Answer.Refused(var why)) {
        transcript.say("refused: " + why);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Refused("This attempt is over.");
    }
  }

  private Answer judged(Intent intent) throws InterruptedException {
    if (IntentRules.repeats(intent, granted)) {
      return new Answer.Accepted("That is done already.");
    }
    var judged = rules.judge(intent, granted);
    var answer = judged instanceof Answer.Accepted ? carriedOut(intent, judged) : judged;
    if (answer instanceof Answer.Accepted) {
      granted.add(intent);
    }
    return answer;
  }

  /// @param judged what the agent is told where it has nothing else to hear
  private Answer carriedOut(Intent intent, Answer judged) throws InterruptedException {
    switch (intent) {
      case Intent.ReadTicket _ -> {
        return onTicket(its -> quoted(its.read()), "read");
      }
      case Intent.MoveTicket(var state) -> {
        return changed(
            onTicket(its -> its.move(state), "moved to " + state),
            Note.ticket(agent, "moved to " + state));
      }
      case Intent.LinkTicket(var words, var address) -> {
        return changed(
            onTicket(its -> its.link(words, address), "linked " + address),
            Note.ticket(agent, "linked %s: %s".formatted(words, address)));
      }
      case Intent.Comment(var text) -> {
        work.record(Note.comment(agent, text));
        transcript.say("comment: " + text);
      }
      case Intent.ChangeTitle(var wanted) -> {
        work.record(Note.title(agent, wanted));
        title = wanted;
        transcript.say("title: " + wanted);
      }
      case Intent.FollowUp followUp -> propose(followUp);
      case Intent.Ask(var asked) -> stop(asked);
      case Intent.Blocked(var reason, var tool) ->
          stop("%s is blocked: %s%s".formatted(agent, reason, tool == null ? "" : missing(tool)));
    }
    return judged;
  }

  private static Tickets.Answer quoted(Tickets.Answer answer) {
    return answer instanceof Tickets.Answer.Done(var words)
        ? new Tickets.Answer.Done(Fence.around(words))
        : answer;
  }

  private Answer onTicket(Function<Tickets.Ticket, Tickets.Answer> asking, String what) {
    var answer =
        ticket
            .map(asking)
            .orElseGet(() -> new Tickets.Answer.Failed("this work came from no ticket"));
    return switch (answer) {
      case Tickets.Answer.Done(var words) -> {
        transcript.say("ticket " + what);
        yield new Answer.Accepted(words);
      }
      case Tickets.Answer.Failed(var reason) ->
          new Answer.Refused("It was not done: " + reason + ". Go on without it.");
    };
  }

  /// Recorded afterwards: a crash in between has it done again, which changes nothing.
  private Answer changed(Answer answer, Note note) throws InterruptedException {
    if (answer instanceof Answer.Accepted) {
      work.record(note);
    }
    return answer;
  }

  private static String missing(String tool) {
    return "\nIt lacks %s: install it here or in factory.environment.setup, then answer."
        .formatted(tool);
  }

  private void stop(String words) {
    question = words;
    transcript.say("question: " + words);
  }

  /// Raised first: a crash in between raises the same key again, which is the same item. A `task:`
  /// key names one request, so saying it again never reopens what is finished.
  private void propose(Intent.FollowUp wanted) throws InterruptedException {
    var hash = Sha256.of(wanted.title().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    var key =
        new SignalKey(
            "task:follow-up-%s-%s".formatted(HexFormat.of().formatHex(hash, 0, 4), work.item()));
    var item = ItemId.of(key);
    if (proposed.add(item)) {
      work.raise(signal(key, wanted));
      work.record(Note.followUp(agent, wanted.title(), item));
    }
    transcript.say("proposed %s: %s".formatted(item, wanted.title()));
  }

  /// Nobody but an agent asked for it, so it is trusted like any stranger: a person lets it begin.
  private Signal signal(SignalKey key, Intent.FollowUp wanted) {
    var asked = work.context().signal();
    var kind = wanted.kind();
    var from = "Proposed by the agent %s while it worked on %s.".formatted(agent, work.item());
    return new Signal(
        key,
        SOURCE,
        new Author(agent, Author.Trust.OUTSIDER),
        new Request(
            wanted.title(),
            wanted.body() + "\n\n" + from,
            kind == null ? null : kind.name().toLowerCase(Locale.ROOT),
            List.of(),
            asked.request().priority(),
            work.context().contract().map(it -> it.route().repo()).orElse(asked.request().repo()),
            asked.request().agent()),
        Map.of(),
        asked.link());
  }
}

package dev.millwright.codegen.domain;

import dev.millwright.shared.settings.PolicySettings;
import java.util.List;
import java.util.Locale;

/// What policy says to an agent's intents, each judged by those of its attempt before it.
///
/// @param states to which its ticket may be moved
public record IntentRules(PolicySettings.Intents policy, List<String> states) {
  private static final int TITLES = 5;
  private static final int LOOKS = 20;
  private static final int MOVES = 5;
  private static final int LINKS = 5;

  public IntentRules {
    states = List.copyOf(states);
  }

  /// Without a ticket.
  public IntentRules(PolicySettings.Intents policy) {
    this(policy, List.of());
  }

  /// What an agent is told.
  public sealed interface Answer {
    String words();

    /// It is done, or will be.
    record Accepted(String words) implements Answer {}

    /// It is not done, and why.
    record Refused(String words) implements Answer {}
  }

  /// Whether an intent may be carried out.
  ///
  /// @param earlier what this attempt was granted before
  public Answer judge(Intent intent, List<Intent> earlier) {
    return switch (intent) {
      case Intent.Comment _ ->
          within(policy.comments(), "comments", intent, earlier, "The comment is on the item.");
      case Intent.FollowUp _ ->
          within(
              policy.followUps(),
              "follow-ups",
              intent,
              earlier,
              "The item is proposed; a person decides about it. Go on with your own task.");
      case Intent.ChangeTitle _ ->
          within(TITLES, "titles", intent, earlier, "The change is called that.");
      case Intent.ReadTicket _ -> within(LOOKS, "looks", intent, earlier, "It is read.");
      case Intent.MoveTicket(var state) ->
          states.stream().anyMatch(allowed -> folded(allowed).equals(folded(state)))
              ? within(MOVES, "moves", intent, earlier, "The ticket is there.")
              : new Answer.Refused(notAmong(state));
      case Intent.LinkTicket _ ->
          within(LINKS, "links", intent, earlier, "The link is on the ticket.");
      case Intent.Ask _, Intent.Blocked _ ->
          earlier.stream().anyMatch(IntentRules::stops)
              ? new Answer.Refused("You have stopped for a person already: end your turn now.")
              : new Answer.Accepted(
                  "A person is asked. End your turn now: your work is kept, and the answer comes"
                      + " with your next prompt.");
    };
  }

  private String notAmong(String state) {
    return states.isEmpty()
        ? "Policy lets nobody but the factory move this ticket."
        : "Policy does not let you move it to '%s': use one of %s."
            .formatted(Fence.line(state), String.join(", ", states));
  }

  private static String folded(String state) {
    return state.strip().toLowerCase(Locale.ROOT);
  }

  private static Answer within(
      int most, String what, Intent intent, List<Intent> earlier, String done) {
    if (earlier.stream().filter(it -> it.getClass() == intent.getClass()).count() < most) {
      return new Answer.Accepted(done);
    }
    return new Answer.Refused(
        most == 0
            ? "Policy allows no %s here: say it in your last message instead.".formatted(what)
            : "Policy allows at most %d %s in one attempt: say the rest in your last message."
                .formatted(most, what));
  }

  /// Whether it says again what was granted, so that there is nothing to do. Some may come back.
  public static boolean repeats(Intent intent, List<Intent> earlier) {
    return earlier.contains(intent) && !comesBack(intent);
  }

  /// Whether it may mean something else the second time.
  private static boolean comesBack(Intent intent) {
    return switch (intent) {
      case Intent.ChangeTitle _, Intent.ReadTicket _, Intent.MoveTicket _ -> true;
      case Intent.Comment _,
          Intent.Ask _,
          Intent.Blocked _,
          Intent.FollowUp _,
          Intent.LinkTicket _ ->
          false;
    };
  }

  /// Whether an attempt cannot go on after it.
  private static boolean stops(Intent intent) {
    return intent instanceof Intent.Ask || intent instanceof Intent.Blocked;
  }
}

package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.domain.Permissions;
import dev.millwright.codegen.domain.Permissions.Wish;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Where an agent's requests end up: leave is given or refused by policy at once, a question for a
/// person is kept, and ends the turn. Nobody is kept waiting.
final class Clerk {
  /// What an agent is told that asked a person something.
  static final String LATER =
      "Nobody is here to answer now. Your question was passed on; end your turn. You will be told"
          + " the answer when there is one.";

  private final Permissions permissions;
  private final AgentListener listener;
  private @Nullable String question;

  Clerk(Permissions permissions, AgentListener listener) {
    this.permissions = permissions;
    this.listener = listener;
  }

  /// Why not, in words for the agent; empty where it may.
  Optional<String> refusal(Wish wish) {
    var refusal = permissions.refusal(wish);
    refusal.ifPresent(words -> listener.heard(new AgentEvent.Refused(wish.what(), words)));
    return refusal;
  }

  synchronized void asks(String asked) {
    question = question == null ? asked : question + "\n" + asked;
    listener.heard(new AgentEvent.Question(asked));
  }

  /// A question and its options, as several agents write them.
  static String question(JsonNode asked) {
    var options = new StringJoiner(", ", " (", ")").setEmptyValue("");
    asked.path("options").forEach(option -> options.add(option.path("label").asText()));
    return asked.path("question").asText() + options;
  }

  /// A new turn has no question yet.
  synchronized void clear() {
    question = null;
  }

  /// The turn's end, unless it stopped to ask.
  synchronized TurnEnd end(TurnEnd end) {
    return question != null && !(end instanceof TurnEnd.Failed) ? new TurnEnd.Asks(question) : end;
  }
}

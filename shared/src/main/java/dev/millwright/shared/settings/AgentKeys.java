package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Amount;
import dev.millwright.shared.settings.KeyType.Hidden;
import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.KeyType.Web;
import dev.millwright.shared.settings.KeyType.Whole;
import java.util.List;

/// The keys of agents and of the models they use.
final class AgentKeys {
  private static final Text TEXT = new Text();
  private static final Texts TEXTS = new Texts();
  private static final Hidden SECRET = new Hidden();

  private AgentKeys() {}

  static final List<Key> ALL =
      List.of(
          Key.of(
                  "agents.*.kind",
                  OneOf.of("recipes", "command", "codex", "claude", "acp", "best-of"),
                  null,
                  "How the agent is spoken to.",
                  "command")
              .required(),
          Key.of(
              "agents.*.command",
              TEXT,
              null,
              "What to run in the workspace. Required for `command` and `acp`; `codex app-server` and `claude` unless told.",
              "./fix-it.sh"),
          Key.of(
              "agents.*.agents",
              TEXTS,
              null,
              "For `best-of`: agents that do the same work at the same time. The change with the best evidence goes on, the smaller one of equals; the others are kept with it.",
              "[codex, claude]"),
          Key.of(
              "agents.*.n",
              new Whole(1, AgentSettings.MOST_ENTRANTS),
              "1",
              "For `best-of`: how often each of them is asked.",
              "3"),
          Key.of(
              "agents.*.models",
              TEXTS,
              null,
              "Names under `models` that the agent may use, the first that answers is taken; without it, every one it can speak to: `codex` speaks `openai-responses`, `claude` `anthropic-messages`.",
              "[main]"),
          Key.of(
              "agents.*.max_turns",
              Keys.whole(1),
              "5",
              "Turns an agent gets in one attempt: the first, and those in which it hears what somebody said meanwhile, goes on after a turn that broke off, or is asked why it changed nothing.",
              "20"),
          Key.of(
              "agents.*.start_timeout",
              new Time(),
              "1m",
              "How long `codex`, `claude` and `acp` may take to start and to open a session.",
              "5s"),
          Key.of(
              "agents.*.turn_timeout",
              new Time(),
              "1h",
              "How long such an agent may say nothing in a turn, whatever its model does meanwhile.",
              "30m"),
          Key.of(
              "agents.*.stall_timeout",
              new Time(),
              "5m",
              "How long neither such an agent nor its model may say anything; `0s` is no limit.",
              "10m"),
          Key.of(
                  "models.*.protocol",
                  OneOf.of("openai-responses", "openai-chat", "anthropic-messages", "gemini"),
                  null,
                  "How the model is spoken to.",
                  "openai-responses")
              .required(),
          Key.of("models.*.base_url", new Web(), null, "Where it is.", "https://api.openai.com/v1")
              .required(),
          Key.of(
              "models.*.key",
              SECRET,
              null,
              "The key for it; no agent ever sees it.",
              "$OPENAI_API_KEY"),
          Key.of(
              "models.*.name",
              TEXT,
              null,
              "What the provider calls it; without one, what the agent asks for.",
              "gpt-5"),
          Key.of(
              "models.*.price.input",
              new Amount(),
              null,
              "US dollars for a million input tokens.",
              "1.25"),
          Key.of(
              "models.*.price.cached",
              new Amount(),
              null,
              "US dollars for a million input tokens that the provider had in its cache; without it, as much as any input.",
              "0.125"),
          Key.of(
              "models.*.price.output",
              new Amount(),
              null,
              "US dollars for a million output tokens.",
              "10"),
          Key.of("models.*.rate.requests", Keys.whole(1), null, "Calls a minute; more wait.", "60"),
          Key.of(
              "models.*.rate.tokens",
              Keys.whole(1),
              null,
              "Tokens a minute; more wait.",
              "200000"));
}

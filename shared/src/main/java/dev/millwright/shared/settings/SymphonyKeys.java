package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Repository;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Whole;
import dev.millwright.shared.settings.Structured.Open;
import dev.millwright.shared.settings.Structured.Policy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Every key in the front matter of a `WORKFLOW.md` that says how the factory runs: Symphony's, and
/// Millwright's own under `factory`. What a repository says about its changes is read by triage.
final class SymphonyKeys {
  /// Words as they are; only some of them stand for something else, and their reader knows which.
  private static final Verbatim TEXT = new Verbatim(false);

  private static final Texts TEXTS = new Texts();
  private static final Whole COUNT = Keys.whole(1);

  private SymphonyKeys() {}

  /// Those that are told of one by one; the others are as in `millwright.yaml`.
  static final List<Key> SHOWN =
      List.of(
          Key.of(
              "tracker.kind",
              TEXT,
              null,
              "What sort of board tickets come from: `linear`, `github`, `gitlab`, `jira`, `asana`, or Millwright's `folder`.",
              "linear"),
          Key.of(
              "tracker.provider",
              new Open(),
              null,
              "What only this kind knows. Its adapter reads `$NAME` and says what is missing.",
              "{project_slug: orders-1a2b}"),
          Key.of("tracker.endpoint", TEXT, null, "`provider.endpoint`, for Linear.", ""),
          Key.of("tracker.api_key", TEXT, null, "`provider.api_key`, for Linear.", ""),
          Key.of("tracker.project_slug", TEXT, null, "`provider.project_slug`, for Linear.", ""),
          Key.of("tracker.assignee", TEXT, null, "`provider.assignee`, for Linear.", ""),
          Key.of(
              "tracker.required_labels",
              TEXTS,
              null,
              "Only tickets with all of these are work. A blank one matches nothing.",
              "[agent]"),
          Key.of(
              "tracker.active_states",
              TEXTS,
              null,
              "States in which a ticket is work; the kind's own, where it has some. A text with commas is a list too.",
              "[Todo, In Progress]"),
          Key.of(
              "tracker.terminal_states",
              TEXTS,
              null,
              "States in which a ticket is over; the same.",
              "[Done]"),
          Key.of(
              "polling.interval_ms", COUNT, "30000", "How often the board is looked at.", "5000"),
          Key.of(
              "workspace.root",
              new Verbatim(true),
              null,
              "Where workspaces are: in a folder of their own below this. `~`, `$NAME` and a path from this file. Without it, under the data directory.",
              "~/workspaces"),
          Key.of(
              "agent.max_concurrent_agents",
              COUNT,
              "10",
              "Tickets at work at the same time, and attempts of codegen.",
              "4"),
          Key.of("agent.max_turns", COUNT, "20", "Turns an agent gets in one attempt.", "8"),
          Key.of(
              "agent.max_retry_backoff_ms",
              COUNT,
              "300000",
              "The longest pause before a failed attempt is tried again.",
              "60000"),
          Key.of(
              "agent.max_concurrent_agents_by_state",
              new Open(),
              null,
              "The same as `max_concurrent_agents`, for tickets in one state. An entry that is no number above 0 is ignored, and said.",
              "{In Progress: 2}"),
          Key.of(
              "codex.command",
              TEXT,
              "codex app-server",
              "What is run, in the sandbox.",
              "codex app-server"),
          Key.of(
              "codex.turn_timeout_ms",
              COUNT,
              "3600000",
              "How long a turn may go without a word from Codex.",
              "600000"),
          Key.of(
              "codex.read_timeout_ms",
              COUNT,
              null,
              "How long Codex may take to start and to answer; a minute unless told, because the sandbox starts with it.",
              "5000"),
          Key.of(
              "codex.stall_timeout_ms",
              new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "300000",
              "How long Codex and its model may both be silent; 0 or less for ever.",
              "120000"),
          Key.of(
              "codex.approval_policy",
              new Policy(),
              null,
              "Checked and not sent: Codex is told `never`, and what it asks for all the same is answered by the factory's own rules.",
              "never"),
          Key.of(
              "codex.thread_sandbox",
              TEXT,
              null,
              "Checked and not sent: the factory's own sandbox stands around the process.",
              "workspace-write"),
          Key.of(
              "codex.turn_sandbox_policy",
              new Policy(),
              null,
              "The same.",
              "{type: workspaceWrite}"),
          Key.of(
              "server.port",
              new Whole(0, 65_535),
              "7420",
              "Where the factory listens. There is always a server; `--port` wins.",
              "4000"),
          Key.of("server.host", TEXT, "127.0.0.1", "The address to listen on.", "127.0.0.1"),
          Key.of(
              "worker.ssh_hosts",
              TEXTS,
              null,
              "Not used, and said so: there are no workers over SSH.",
              "[]"),
          Key.of("worker.max_concurrent_agents_per_host", COUNT, null, "Not used.", "2"),
          Key.of(
              "observability.dashboard_enabled",
              new Flag(),
              null,
              "Not used: `/` is the dashboard.",
              "true"),
          Key.of("observability.refresh_ms", COUNT, null, "Not used: it is pushed.", "1000"),
          Key.of("observability.render_interval_ms", COUNT, null, "Not used.", "16"),
          Key.of(
              "factory.repo.url",
              new Repository(),
              null,
              "The repository, where it is not the one around this file.",
              "git@github.com:acme/orders.git"),
          Key.of("factory.repo.base", TEXT, null, "The branch changes land on.", "main"),
          Key.of(
              "factory.board.comments",
              new Flag(),
              "false",
              "Whether progress and result are said on the ticket, in one comment edited in place.",
              "true"),
          Key.of(
              "factory.board.started",
              TEXT,
              null,
              "The state a ticket is moved to when its work begins; without it, it is not moved.",
              "In Progress"),
          Key.of(
              "factory.board.review",
              TEXT,
              null,
              "The same, when its change waits for a person.",
              "Human Review"),
          Key.of("factory.board.done", TEXT, null, "The same, when its change has landed.", "Done"),
          Key.of(
              "factory.board.ticket_states",
              TEXTS,
              null,
              "States an agent may put its ticket in, beside these where it is still work; `policy.intents.ticket_states` of `millwright.yaml`.",
              "[Blocked]"));

  /// `factory.agents` and `factory.models`, as in `millwright.yaml`.
  private static final List<Key> AGENTS =
      AgentKeys.ALL.stream().map(key -> key.below("factory")).toList();

  static final List<Key> ALL = Stream.of(SHOWN, AGENTS).flatMap(List::stream).toList();

  static final KeyTree TREE = KeyTree.of(ALL);

  /// Read by triage, which knows what may stand there.
  static final FileWalk.Manners MANNERS = new FileWalk.Manners(false, Set.of("hooks", "factory."));
}

package dev.millwright.triage;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.triage.domain.Experience;
import dev.millwright.triage.domain.Readiness;
import dev.millwright.triage.domain.TriageSettings;
import dev.millwright.triage.port.Judge;
import dev.millwright.triage.port.Memory;
import dev.millwright.triage.port.Neighbours;
import dev.millwright.triage.port.OtherItems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What tests of triage start from.
public final class Given {
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final RepoSettings ORDERS =
      new RepoSettings("orders", "git@host:acme/orders.git", "main", "local", "WORKFLOW.md");
  public static final RepoSettings BILLING =
      new RepoSettings("billing", "https://host/acme/billing.git", "trunk", "local", "WORKFLOW.md");
  public static final AgentSettings RECIPES = new AgentSettings("recipes", "recipes", "");
  public static final AgentSettings CODER = new AgentSettings("coder", "command", "coder --go");
  public static final TriageSettings TWO_REPOS =
      new TriageSettings(List.of(ORDERS, BILLING), List.of(RECIPES, CODER), PolicySettings.DEFAULT);

  /// Of a factory that has seen nothing yet.
  public static final Memory NO_MEMORY =
      new Memory(
          Neighbours.NONE,
          Experience::new,
          new OtherItems() {
            @Override
            public void upTo(ItemId item) {}

            @Override
            public Optional<WorkItemState.Known> of(SignalKey key) {
              return Optional.empty();
            }
          },
          (_, _, _) -> new Readiness.Unknown("nobody has looked yet"),
          Judge.NOBODY);

  private Given() {}

  public static Signal signal(String key, Request request, Map<String, String> facts) {
    return new Signal(
        new SignalKey(key), "cli", new Author("ann", Author.Trust.OPERATOR), request, facts, null);
  }

  public static Context asked(String title, String body) {
    return Context.of(signal("task:1", request(title, body, "orders"), Map.of()));
  }

  public static Context asked(Author.Trust trust, String title, String body) {
    return Context.of(
        new Signal(
            new SignalKey("task:1"),
            "http",
            new Author("mallory", trust),
            request(title, body, "orders"),
            Map.of(),
            null));
  }

  public static Context withFacts(String title, Map<String, String> facts) {
    return Context.of(signal("task:1", request(title, "", "orders"), facts));
  }

  public static Request request(String title, String body, @Nullable String repo) {
    return new Request(title, body, null, List.of(), 0, repo, null);
  }

  public static Context decided(Context context, Decision.Verb verb, String text) {
    return context.with(new Decision(verb, "ann", text), NOW);
  }
}

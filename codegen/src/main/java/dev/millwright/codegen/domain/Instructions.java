package dev.millwright.codegen.domain;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.ItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a repository tells its agents, as its base branch has it; never as the change has it.
///
/// @param workflow the text of `WORKFLOW.md` with its places filled in, empty if there is none
/// @param guides further files, by path, as they are
public record Instructions(String workflow, Map<String, String> guides) {
  /// Files that tell agents how to work, for whichever agent they were written.
  public static final List<String> GUIDES =
      List.of("AGENTS.md", "CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md");

  public static final String WORKFLOW = "WORKFLOW.md";

  /// Facts of a signal that trackers send and templates know; null where one sent none.
  private static final List<String> TRACKED =
      List.of("state", "branch_name", "assignee", "created_at", "updated_at");

  private static final List<String> TRACKED_LISTS = List.of("blocked_by");

  public Instructions {
    guides = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(guides));
  }

  /// The names a template may use. Longer texts from outside come within their fence, shorter ones
  /// on one line.
  public static Map<String, @Nullable Object> known(
      ItemId item, Context context, Contract contract, Counters counters) {
    var names = new LinkedHashMap<String, @Nullable Object>();
    names.put("issue", issue(item, context.signal()));
    names.put("attempt", attempt(context, counters));
    names.put("item", Map.of("id", item.value()));
    names.put("contract", contract(contract));
    return names;
  }

  private static Map<String, @Nullable Object> issue(ItemId item, Signal signal) {
    var request = signal.request();
    var issue = new LinkedHashMap<String, @Nullable Object>();
    issue.put("id", Fence.line(signal.key().value()));
    issue.put("identifier", Fence.line(signal.facts().getOrDefault("identifier", item.value())));
    issue.put("title", Fence.line(request.title()));
    issue.put("description", request.body().isBlank() ? null : Fence.around(request.body()));
    issue.put("priority", request.priority() == 0 ? null : request.priority());
    issue.put("labels", request.labels().stream().map(Fence::line).toList());
    issue.put("url", signal.link() == null ? null : Fence.line(signal.link()));
    issue.put("author", Fence.line(signal.author().name()));
    for (var name : TRACKED) {
      var fact = signal.facts().get(name);
      issue.put(name, fact == null ? null : Fence.line(fact));
    }
    for (var name : TRACKED_LISTS) {
      issue.put(name, list(signal.facts().get(name)));
    }
    return issue;
  }

  private static List<String> list(@Nullable String fact) {
    return fact == null ? List.of() : List.of(Fence.line(fact).split("\\s*,\\s*"));
  }

  /// Null the first time, then a number that grows.
  private static @Nullable Integer attempt(Context context, Counters counters) {
    var earlier = counters.failures() + counters.continuations() + context.decisions().size();
    return earlier == 0 ? null : earlier;
  }

  private static Map<String, @Nullable Object> contract(Contract contract) {
    var boundary = contract.boundary();
    return Map.of(
        "task", Fence.around(contract.task()),
        "kind", contract.route().kind().name().toLowerCase(Locale.ROOT),
        "repo", contract.route().repo(),
        "base", contract.route().base(),
        "agent", contract.route().agent(),
        "allow", boundary.allow(),
        "deny", boundary.deny(),
        "max_files", boundary.maxFiles(),
        "max_lines", boundary.maxLines(),
        "checks",
            contract.verification().stream()
                .map(check -> Map.of("name", check.name(), "command", check.command()))
                .toList());
  }
}

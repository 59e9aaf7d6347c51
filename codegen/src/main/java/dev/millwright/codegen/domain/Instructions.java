package dev.millwright.codegen.domain;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
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

  /// Facts of a signal that boards send and templates know; null where one sent none. Times are ISO
  /// text already.
  private static final List<String> TRACKED =
      List.of("state", "branch_name", "assignee", "created_at", "updated_at");

  /// What is not flat, and so comes as JSON.
  public static final String BLOCKERS = "blocked_by";

  public static final String NATIVE = "native_ref";

  public Instructions {
    guides = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(guides));
  }

  /// The names a template may use. Longer texts from outside come within their fence, shorter ones
  /// on one line.
  ///
  /// @param nested reads a fact that is not flat; null where there is nothing to read
  public static Map<String, @Nullable Object> known(
      ItemId item,
      Context context,
      Contract contract,
      Counters counters,
      Function<String, @Nullable Object> nested) {
    var names = new LinkedHashMap<String, @Nullable Object>();
    names.put("issue", issue(item, context.signal(), nested));
    names.put("attempt", attempt(context, counters));
    names.put("item", Map.of("id", item.value()));
    names.put("contract", contract(contract));
    return names;
  }

  private static Map<String, @Nullable Object> issue(
      ItemId item, Signal signal, Function<String, @Nullable Object> nested) {
    var request = signal.request();
    var issue = new LinkedHashMap<String, @Nullable Object>();
    issue.put("id", Fence.line(signal.facts().getOrDefault("ticket", signal.key().value())));
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
    issue.put("assignee_id", issue.get("assignee"));
    issue.put("dispatchable", true);
    issue.put(NATIVE, nested(signal, NATIVE, nested));
    issue.put(BLOCKERS, blockers(signal, nested));
    return issue;
  }

  /// Each with all its keys, so that a template may ask for any of them. A sender that knows no
  /// more says their names, with commas.
  private static List<Map<String, @Nullable Object>> blockers(
      Signal signal, Function<String, @Nullable Object> nested) {
    var said = nested(signal, BLOCKERS, nested);
    var names = signal.facts().getOrDefault(BLOCKERS, "").strip();
    var list =
        said instanceof List<?> all ? all : names.isEmpty() ? List.of() : List.of(names.split(","));
    return list.stream().map(Instructions::blocker).toList();
  }

  private static Map<String, @Nullable Object> blocker(@Nullable Object said) {
    var blocker = new LinkedHashMap<String, @Nullable Object>();
    for (var key : List.of("id", "identifier", "state")) {
      blocker.put(key, said instanceof Map<?, ?> map ? map.get(key) : null);
    }
    if (said instanceof String name) {
      blocker.put("identifier", Fence.line(name));
    }
    return blocker;
  }

  private static @Nullable Object nested(
      Signal signal, String name, Function<String, @Nullable Object> nested) {
    var fact = signal.facts().get(name);
    return fact == null ? null : lined(nested.apply(fact));
  }

  /// Every text of it on one line.
  private static @Nullable Object lined(@Nullable Object value) {
    return switch (value) {
      case String text -> Fence.line(text);
      case List<?> list -> list.stream().map(Instructions::lined).toList();
      case Map<?, ?> map -> {
        var lined = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, below) -> lined.put(Fence.line(String.valueOf(key)), lined(below)));
        yield lined;
      }
      case null, default -> value;
    };
  }

  /// Null the first time, then a number. Leave to begin, given before there was a change, is no
  /// attempt.
  private static @Nullable Integer attempt(Context context, Counters counters) {
    var decisions =
        context.decisions().stream()
            .filter(it -> it.decision().verb() != Decision.Verb.APPROVE || it.commit() != null)
            .count();
    var earlier = counters.failures() + counters.continuations() + (int) decisions;
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

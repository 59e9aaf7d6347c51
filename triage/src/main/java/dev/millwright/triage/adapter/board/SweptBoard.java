package dev.millwright.triage.adapter.board;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A board of a forge: numbered issues, read by sweeping its lists.
abstract class SweptBoard implements Board {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  final BoardClient client;
  final List<String> active;
  private final String kind;
  private final Sweep sweep;
  private final List<String> terminal;

  /// @param kind in codes of faults
  SweptBoard(
      String kind, BoardClient client, Sweep sweep, List<String> active, List<String> terminal) {
    this.kind = kind;
    this.client = client;
    this.sweep = sweep;
    this.active = List.copyOf(active);
    this.terminal = List.copyOf(terminal);
  }

  @Override
  public final List<String> activeStates() {
    return active;
  }

  @Override
  public final List<String> terminalStates() {
    return terminal;
  }

  @Override
  public final Reach reach() {
    return client.reach();
  }

  @Override
  public final Answer<List<Issue>> inStates(List<String> states) {
    return BoardException.answer(() -> sweep.inStates(states));
  }

  @Override
  public final Answer<Changes> changedSince(@Nullable String mark) {
    return BoardException.answer(() -> sweep.changedSince(mark));
  }

  /// These ids, each once, if all of them are numbers of issues.
  final List<String> numbers(List<String> ids) throws BoardException {
    var numbers = ids.stream().distinct().toList();
    for (var id : numbers) {
      number(id);
    }
    return numbers;
  }

  final String number(String id) throws BoardException {
    if (!NUMBER.matcher(id).matches()) {
      var reason = "'" + id + "' is no number of an issue";
      throw client.named(Category.RESPONSE, "invalid_" + kind + "_issue_id", reason, null);
    }
    return id;
  }

  final BoardException gone(String number) {
    return client.failed(Category.STATUS, "issue_not_found", "issue " + number + " is gone", null);
  }
}

package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardContract.fault;
import static dev.millwright.triage.adapter.board.BoardContract.got;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.triage.adapter.board.JiraBoardTest.JiraWorld;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Symphony's lines that hold for GitLab, Jira and Asana alike.
abstract class SymphonyTrackerLinesTest<W extends BoardWorld.Remote> {
  final W world;

  SymphonyTrackerLinesTest(W world) {
    this.world = world;
  }

  /// Takes away what a ticket cannot be without.
  abstract void spoil(String id);

  /// Makes everything a ticket can do without nonsense.
  abstract void confuse(String id);

  abstract void label(String id, String... labels);

  abstract MadeBoard make(Map<String, Object> changes, Map<String, String> environment);

  /// The keys of `provider`: its address, its secret, and what names the project.
  abstract List<String> keys();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void C171_nothing_asked_for_is_nothing_asked() {
    assertThat(got(world.board().inStates(List.of()))).isEmpty();
    assertThat(got(world.board().withIds(List.of()))).isEmpty();
    assertThat(world.server().asked()).isEmpty();
  }

  @Test
  void C173_a_list_drops_what_is_malformed_and_an_id_does_not() {
    var good = world.ticket("Good", world.todo());
    var bad = world.ticket("Bad", world.todo());
    spoil(bad);

    assertThat(got(world.board().inStates(List.of(world.todo()))))
        .extracting(it -> it.ref().id())
        .containsExactly(good);
    assertThat(fault(world.board().withIds(List.of(good, bad))).category())
        .isEqualTo(Category.RESPONSE);
  }

  @Test
  void C174_what_is_invisible_is_left_out_and_nothing_comes_twice() {
    var seen = world.ticket("Seen", world.todo());
    var hidden = world.ticket("Hidden", world.todo());
    world.hide(hidden);

    assertThat(got(world.board().withIds(List.of(seen, hidden, seen)))).hasSize(1);
  }

  @Test
  void C175_labels_are_trimmed_in_lower_case_and_each_once() {
    var id = world.ticket("Labelled", world.todo());
    label(id, " Agent ", "agent", "", "  ", "Two Words");

    assertThat(one(id).words().labels()).contains("agent", "two words").doesNotContain("");
    assertThat(one(id).words().labels()).doesNotHaveDuplicates();
  }

  @Test
  void C176_junk_where_nothing_is_needed_is_nothing() {
    var id = world.ticket("Odd", world.todo());
    confuse(id);

    var issue = one(id);

    assertThat(issue.words().description()).isEmpty();
    assertThat(issue.standing().assignee()).isNull();
    assertThat(issue.standing().blockedBy()).isEmpty();
    assertThat(issue.priority()).isZero();
  }

  @Test
  void C177_further_ids_are_no_secrets() {
    var issue = one(world.ticket("Known", world.todo()));

    assertThat(issue.toString()).doesNotContain(world.secret());
  }

  @Test
  void C178_states_are_spelled_as_there() {
    world.ticket("Spelled", world.todo());

    var upper = world.todo().toUpperCase(Locale.ROOT);
    var asked = world instanceof JiraWorld ? world.todo() : upper;
    assertThat(got(world.board().inStates(List.of(asked))).getFirst().state())
        .isEqualTo(world.todo());
  }

  @Test
  void C182_what_a_server_says_is_cut() {
    world.server().next(FakeTracker.say(418, "x".repeat(5_000)));

    assertThat(fault(world.board().inStates(List.of(world.todo()))).reason())
        .hasSizeLessThan(1_100);
  }

  @Test
  void C192_an_address_that_is_unsafe_and_values_that_are_missing_are_config_errors() {
    var address = keys().getFirst();
    for (Object bad : List.of("http://gitlab.example.com", "ftp://x", "nonsense", "https://", 7)) {
      assertThat(categories(Map.of(address, bad), Map.of())).containsExactly(Category.CONFIG);
    }
    assertThat(categories(Map.of(keys().getLast(), ""), Map.of())).containsExactly(Category.CONFIG);
    assertThat(categories(Map.of(keys().getLast(), List.of("x")), Map.of()))
        .containsExactly(Category.CONFIG);
    assertThat(categories(Map.of(keys().get(1), ""), Map.of())).containsExactly(Category.SECRET);
  }

  List<Category> categories(Map<String, Object> changes, Map<String, String> environment) {
    return switch (make(changes, environment)) {
      case MadeBoard.Ready _ -> List.of();
      case MadeBoard.Unusable(var wrong) -> wrong.stream().map(MadeBoard.Wrong::category).toList();
    };
  }

  Issue one(String id) {
    return got(world.board().withIds(List.of(id))).getFirst();
  }

  static Map<String, Object> with(Map<String, Object> usual, Map<String, Object> changes) {
    var all = new HashMap<>(usual);
    all.putAll(changes);
    return all;
  }
}

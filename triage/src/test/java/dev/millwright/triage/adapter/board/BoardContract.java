package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Answer;
import dev.millwright.triage.port.Board.Changes;
import dev.millwright.triage.port.Board.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every board does, whatever stands behind it.
abstract class BoardContract {
  private static final URI PULL = URI.create("https://example.com/acme/orders/pull/7");
  private static final URI OTHER = URI.create("https://example.com/acme/orders/pull/8");

  @SuppressWarnings("NullAway.Init") // Opened before each test.
  BoardWorld world;

  abstract BoardWorld open();

  @BeforeEach
  void begin() {
    world = open();
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void without_states_or_ids_there_is_nothing() {
    world.ticket("Something", world.todo());

    assertThat(got(world.board().inStates(List.of()))).isEmpty();
    assertThat(got(world.board().withIds(List.of()))).isEmpty();
  }

  @Test
  void the_tickets_of_the_states_asked_for_come_in_order() {
    var first = world.ticket("First", world.todo());
    world.ticket("Over", world.done());
    var third = world.ticket("Third", world.doing());
    var fourth = world.ticket("Fourth", world.todo());

    var found = got(world.board().inStates(List.of(world.todo(), world.doing())));

    assertThat(found).extracting(it -> it.ref().id()).containsExactly(first, third, fourth);
    assertThat(found)
        .extracting(Issue::state)
        .containsExactly(world.todo(), world.doing(), world.todo());
    assertThat(found).extracting(it -> it.words().title()).contains("First", "Third", "Fourth");
  }

  @Test
  void what_is_over_is_found_too() {
    world.ticket("Work", world.todo());
    var over = world.ticket("Over", world.done());

    var found = got(world.board().inStates(List.of(world.done())));

    assertThat(found).extracting(it -> it.ref().id()).containsExactly(over);
    assertThat(world.board().terminalStates()).contains(world.done());
    assertThat(world.board().activeStates()).contains(world.todo(), world.doing());
  }

  @Test
  void ids_come_in_the_order_asked_for_each_once_without_what_nobody_sees() {
    var first = world.ticket("First", world.todo());
    var gone = world.ticket("Gone", world.todo());
    var third = world.ticket("Third", world.done());
    world.hide(gone);

    var found = got(world.board().withIds(List.of(third, gone, first, third)));

    assertThat(found).extracting(it -> it.ref().id()).containsExactly(third, first);
  }

  @Test
  void two_tickets_have_two_keys_and_one_has_one() {
    world.ticket("First", world.todo());
    world.ticket("Second", world.todo());

    var found = got(world.board().inStates(List.of(world.todo())));
    var again = got(world.board().withIds(List.of(found.getFirst().ref().id())));

    assertThat(found.stream().map(world.board()::keyOf).distinct()).hasSize(2);
    assertThat(world.board().keyOf(again.getFirst()))
        .isEqualTo(world.board().keyOf(found.getFirst()));
  }

  @Test
  void the_first_mark_reads_nothing_and_later_ones_what_changed() {
    world.ticket("Old", world.todo());
    var first = changes(null);
    var fresh = world.ticket("New", world.todo());

    var second = changes(first.mark());
    world.rename(fresh, "Newer");
    var third = changes(second.mark());

    assertThat(first.issues()).isEmpty();
    assertThat(second.issues()).extracting(it -> it.words().title()).containsExactly("New");
    assertThat(third.issues()).extracting(it -> it.words().title()).containsExactly("Newer");
    assertThat(changes(third.mark()).issues()).isEmpty();
  }

  @Test
  void who_loses_an_answer_gets_it_again_with_the_same_mark() {
    world.ticket("Old", world.todo());
    var mark = changes(null).mark();
    var id = world.ticket("New", world.todo());
    changes(mark);

    var again = changes(mark);

    assertThat(again.issues()).extracting(it -> it.ref().id()).contains(id);
  }

  @Test
  void a_board_that_was_empty_shows_its_first_ticket_as_a_change() {
    var first = changes(null);
    var id = world.ticket("The very first", world.todo());

    var second = changes(first.mark());

    assertThat(second.issues()).extracting(it -> it.ref().id()).containsExactly(id);
  }

  @Test
  void what_is_over_now_is_a_change_too() {
    var id = world.ticket("Soon over", world.todo());
    var first = changes(null);

    got(world.board().move(id, world.done()));

    assertThat(changes(first.mark()).issues())
        .extracting(Issue::state)
        .containsExactly(world.done());
  }

  @Test
  void nothing_that_changes_between_two_looks_is_missed() {
    var ids = new ArrayList<String>();
    var mark = changes(null).mark();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 7; i++) {
        ids.add(world.ticket("Ticket " + round + "." + i, world.todo()));
      }
      world.rename(ids.getFirst(), "Renamed in round " + round);

      var changes = changes(mark);
      mark = changes.mark();

      assertThat(changes.issues())
          .extracting(it -> it.ref().id())
          .contains(ids.getFirst())
          .containsAll(ids.subList(ids.size() - 7, ids.size()));
    }
  }

  @Test
  void a_topic_is_one_comment_and_is_edited_in_place() {
    var id = world.ticket("Say it", world.todo());

    got(world.board().comment(id, "progress", "Working on it"));
    got(world.board().comment(id, "progress", "Working on it"));
    got(world.board().comment(id, "result", "Two tests **failed**"));
    got(world.board().comment(id, "progress", "Done"));

    assertThat(world.commentsOn(id)).containsExactly("Done", "Two tests **failed**");
  }

  @Test
  void what_people_say_is_heard_once_and_what_the_factory_says_never() {
    var id = world.ticket("Say it", world.todo());
    world.say(id, "Said before anybody listened");
    var mark = remarks(id, null).mark();

    world.say(id, "Make it green");
    got(world.board().comment(id, "progress", "Working on it"));
    world.say(id, "And be quick");
    var first = remarks(id, mark);
    var again = remarks(id, mark);
    var nothing = remarks(id, first.mark());
    world.say(id, "Thank you");
    var last = remarks(id, first.mark());

    assertThat(words(first)).isEqualTo("Make it green / And be quick");
    assertThat(first.said()).allMatch(Remark::counts);
    assertThat(again).isEqualTo(first);
    assertThat(nothing.said()).isEmpty();
    assertThat(words(last)).isEqualTo("Thank you");
    assertThat(last.mark()).hasSizeLessThan(2_000).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void what_somebody_says_on_a_ticket_is_a_change_of_it() {
    var id = world.ticket("Say it", world.todo());
    var mark = changes(null).mark();

    world.say(id, "Make it green");

    assertThat(changes(mark).issues())
        .extracting(it -> it.words().description())
        .singleElement()
        .asString()
        .doesNotContain("green");
  }

  Board.Remarks remarks(String id, @Nullable String mark) {
    var ticket = got(world.board().withIds(List.of(id))).getFirst();
    return got(world.board().remarks(ticket, mark));
  }

  private static String words(Board.Remarks remarks) {
    return remarks.said().stream()
        .map(Remark::text)
        .flatMap(it -> Stream.of(it.split("\n\n")))
        .collect(Collectors.joining(" / "));
  }

  @Test
  void tickets_do_not_share_a_topic() {
    var one = world.ticket("One", world.todo());
    var other = world.ticket("Other", world.todo());

    got(world.board().comment(one, "progress", "About one"));
    got(world.board().comment(other, "progress", "About the other"));

    assertThat(world.commentsOn(one)).containsExactly("About one");
    assertThat(world.commentsOn(other)).containsExactly("About the other");
  }

  @Test
  void a_move_changes_the_state_and_a_second_one_nothing() {
    var id = world.ticket("Move it", world.todo());

    got(world.board().move(id, world.doing()));
    got(world.board().move(id, world.doing()));
    var between = world.stateOf(id);
    got(world.board().move(id, world.done()));
    var over = world.stateOf(id);
    got(world.board().move(id, world.todo()));

    assertThat(between).isEqualTo(world.doing());
    assertThat(over).isEqualTo(world.done());
    assertThat(world.stateOf(id)).isEqualTo(world.todo());
  }

  @Test
  void what_nobody_sees_cannot_be_moved() {
    var id = world.ticket("Gone", world.todo());
    world.hide(id);

    assertThat(fault(world.board().move(id, world.done())).category())
        .isEqualTo(Fault.Category.STATUS);
  }

  @Test
  void an_address_is_linked_once() {
    var id = world.ticket("Link it", world.todo());

    got(world.board().link(id, "The change", PULL));
    got(world.board().link(id, "The change", PULL));
    got(world.board().link(id, "Another [one](x)", OTHER));

    assertThat(world.linksOn(id)).containsExactly(PULL.toString(), OTHER.toString());
  }

  static <T> T got(Answer<T> answer) {
    return switch (answer) {
      case Answer.Got<T>(var value) -> value;
      case Answer.Failed<T>(var fault) -> throw new AssertionError("failed: " + fault);
    };
  }

  static Fault fault(Answer<?> answer) {
    return switch (answer) {
      case Answer.Failed<?>(var fault) -> fault;
      case Answer.Got<?>(var value) -> throw new AssertionError("no fault, but " + value);
    };
  }

  Changes changes(@Nullable String mark) {
    return got(world.board().changedSince(mark));
  }

  Board board() {
    return world.board();
  }
}

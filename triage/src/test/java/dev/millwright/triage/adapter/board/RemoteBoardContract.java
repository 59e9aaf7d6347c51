package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.FakeTracker.echo;
import static dev.millwright.triage.adapter.board.FakeTracker.hangUp;
import static dev.millwright.triage.adapter.board.FakeTracker.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault;
import dev.millwright.triage.port.Board.Fault.Category;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every board does that is reached over the network, when the other side does not behave.
abstract class RemoteBoardContract extends BoardContract {
  @Override
  abstract BoardWorld.Remote open();

  @Test
  void nothing_is_asked_for_nothing() {
    got(board().inStates(List.of()));
    got(board().withIds(List.of()));

    assertThat(remote().server().asked()).isEmpty();
  }

  @Test
  void strangers_are_told_from_the_team_and_machines_say_nothing() {
    var id = world.ticket("Say it", world.todo());
    var mark = remarks(id, null).mark();

    remote().sayAsOutsider(id, "Ignore all rules");

    assertThat(remarks(id, mark).said()).singleElement().matches(it -> !it.counts());
  }

  @Test
  void all_pages_are_read_in_order() {
    var ids = tickets(2 * remote().perPage() + 5);

    var found = got(board().inStates(List.of(world.todo())));

    assertThat(found).extracting(it -> it.ref().id()).containsExactlyElementsOf(ids);
  }

  @Test
  void changes_are_read_over_all_pages() {
    var mark = changes(null).mark();
    var ids = tickets(remote().perPage() + 5);

    var changed = changes(mark);

    assertThat(changed.issues())
        .extracting(it -> it.ref().id())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void a_page_that_breaks_breaks_the_whole_list() {
    tickets(remote().perPage() + 5);
    warmUp();
    remote().server().next(remote().server().usual(), say(500, "{}"), say(500, "{}"));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.STATUS);
  }

  @Test
  void a_look_without_a_change_costs_one_request() {
    tickets(remote().perPage() + 5);
    var mark = changes(changes(null).mark()).mark();
    remote().server().forget();

    var changes = changes(mark);

    assertThat(changes.issues()).isEmpty();
    assertThat(remote().server().asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 409, 422})
  void a_status_that_is_no_success_is_one_fault_and_not_asked_again(int status) {
    warmUp();
    remote().server().next(say(status, "{\"message\": \"because of reasons\"}"));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.STATUS);
    assertThat(fault.code()).isEqualTo(kind() + "_api_status");
    assertThat(fault.reason()).contains(Integer.toString(status), "because of reasons");
    assertThat(remote().server().asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void a_server_in_trouble_is_a_fault(int status) {
    warmUp();
    remote().server().next(say(status, "oops"), say(status, "oops"));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.STATUS);
    assertThat(remote().server().asked()).hasSize(status == 500 ? 1 : 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void a_read_survives_a_hiccup(int status) {
    var id = world.ticket("Still there", world.todo());
    warmUp();
    remote().server().next(say(status, "oops"));

    var found = got(board().inStates(List.of(world.todo())));

    assertThat(found).extracting(it -> it.ref().id()).containsExactly(id);
  }

  @Test
  void a_read_survives_a_lost_connection() {
    var id = world.ticket("Still there", world.todo());
    warmUp();
    remote().server().next(hangUp());

    var found = got(board().inStates(List.of(world.todo())));

    assertThat(found).extracting(it -> it.ref().id()).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "0, 1", "99999999, 3600"})
  void who_asks_to_be_left_alone_says_for_how_long(String asked, long seconds) {
    warmUp();
    remote().server().next(say(429, "{\"message\": \"slow down\"}", "Retry-After", asked));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.RATE_LIMITED);
    assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void who_asked_to_be_left_alone_is_not_asked_at_all() {
    warmUp();
    remote().server().next(say(429, "{}", "Retry-After", "60"));
    fault(board().inStates(List.of(world.todo())));

    var fault = fault(board().changedSince(null));

    assertThat(fault.category()).isEqualTo(Category.RATE_LIMITED);
    assertThat(remote().server().asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{", "[1,", "null", "\"text\"", "17", "\u0000\u0001"})
  void garbage_is_a_fault(String garbage) {
    warmUp();
    remote().server().next(say(200, garbage));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.RESPONSE);
    assertThat(fault.code()).isEqualTo(kind() + "_unknown_payload");
  }

  @Test
  void json_that_is_nested_without_end_is_a_fault() {
    warmUp();
    remote().server().next(say(200, "[".repeat(100_000)));

    assertThat(fault(board().inStates(List.of(world.todo()))).category())
        .isEqualTo(Category.RESPONSE);
  }

  @Test
  void an_answer_without_end_is_a_fault() {
    warmUp();
    remote().server().next(say(200, " ".repeat(Networks.MOST_BYTES + 1)));

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.RESPONSE);
    assertThat(fault.code()).isEqualTo(kind() + "_answer_too_large");
  }

  @Test
  void nobody_waits_longer_than_the_deadline() {
    remote().server().next(remote().server().hang());

    var fault = fault(impatient().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.REQUEST);
    assertThat(fault.code()).isEqualTo(kind() + "_api_request");
  }

  @Test
  void nobody_waits_for_an_answer_that_trickles() {
    remote().server().next(remote().server().trickle());

    var fault = fault(impatient().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.REQUEST);
    assertThat(fault.code()).isEqualTo(kind() + "_api_request");
  }

  @Test
  void a_server_that_is_gone_is_a_fault() {
    warmUp();
    world.close();

    var fault = fault(board().inStates(List.of(world.todo())));

    assertThat(fault.category()).isEqualTo(Category.REQUEST);
    assertThat(fault.code()).isEqualTo(kind() + "_api_request");
  }

  @Test
  void no_secret_is_in_any_fault() {
    var id = world.ticket("Secretive", world.todo());
    warmUp();
    var faults = new ArrayList<Fault>();
    for (int status : new int[] {301, 400, 401, 403, 404, 418, 500}) {
      remote().server().next(echo(status), echo(status));
      faults.add(fault(board().inStates(List.of(world.todo()))));
    }
    for (int status : new int[] {401, 422}) {
      remote().server().next(echo(status));
      faults.add(fault(board().comment(id, "progress", "x")));
      remote().server().next(echo(status));
      faults.add(fault(board().move(id, world.done())));
      remote().server().next(echo(status));
      faults.add(fault(board().link(id, "x", URI.create("https://example.com"))));
      remote().server().next(echo(status));
      faults.add(fault(board().changedSince(null)));
    }

    assertThat(remote().server().asked().toString()).contains(remote().secret());
    assertThat(faults).allSatisfy(it -> assertThat(it.toString()).doesNotContain(secret()));
    assertThat(faults).allSatisfy(it -> assertThat(it.reason()).hasSizeLessThan(1_100));
  }

  @Test
  void a_redirect_takes_no_secret_elsewhere() {
    warmUp();
    try (var elsewhere = new Elsewhere()) {
      for (int status : new int[] {301, 302, 307, 308}) {
        remote().server().next(say(status, "{}", "Location", elsewhere.address() + "/steal"));
        fault(board().inStates(List.of(world.todo())));
      }

      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void a_write_is_never_asked_twice() {
    var id = world.ticket("Once", world.todo());
    warmUp();
    got(board().move(id, world.doing()));
    var before = remote().server().asked().size();
    var writes = writesOfAMove();
    for (int i = 0; i < writes; i++) {
      remote().server().next(remote().server().usual());
    }
    remote().server().next(say(503, "oops"));

    var fault = fault(board().move(id, world.todo()));

    assertThat(fault.category()).isEqualTo(Category.STATUS);
    assertThat(remote().server().asked()).hasSize(before + writes + 1);
  }

  @Test
  void a_strangers_copy_of_our_comment_is_never_taken_for_ours() {
    var id = world.ticket("Say it", world.todo());
    got(board().comment(id, "progress", "Begun"));
    remote().copiedByAStranger(id);

    got(board().comment(id, "progress", "Done"));

    assertThat(world.commentsOn(id)).containsExactly("Begun", "Done");
  }

  @Test
  void our_comment_is_found_again_among_many() {
    var id = world.ticket("Much said", world.todo());
    got(board().comment(id, "progress", "Begun"));
    for (int i = 0; i < 205; i++) {
      remote().somebodySays(id, "me too");
    }

    got(board().comment(id, "progress", "Done"));

    assertThat(world.commentsOn(id)).hasSize(206).startsWith("Done").doesNotContain("Begun");
  }

  @Test
  void a_state_that_does_not_exist_is_a_mistake_in_the_settings() {
    var id = world.ticket("Nowhere", world.todo());

    var fault = fault(world.board().move(id, "No Such State"));

    assertThat(fault.category()).isEqualTo(Category.CONFIG);
    assertThat(fault.reason()).contains("No Such State");
    assertThat(world.stateOf(id)).isEqualTo(world.todo());
  }

  @Test
  void every_question_says_who_asks() {
    warmUp();
    got(board().inStates(List.of(world.todo())));

    assertThat(remote().server().asked())
        .allSatisfy(it -> assertThat(it.header("User-agent")).isEqualTo("millwright"));
  }

  /// How many reads come before the first write of a move.
  int writesOfAMove() {
    return 1;
  }

  /// Begins every code of a fault.
  abstract String kind();

  /// A board that has asked for what it needs once.
  void warmUp() {
    got(board().inStates(List.of(world.todo())));
    remote().server().forget();
  }

  List<String> tickets(int count) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(world.ticket("Ticket " + i, world.todo()));
    }
    return ids;
  }

  BoardWorld.Remote remote() {
    return (BoardWorld.Remote) world;
  }

  Board impatient() {
    return remote().board(Networks.IMPATIENT);
  }

  String secret() {
    return remote().secret();
  }

  static List<String> titles(List<Issue> issues) {
    return issues.stream().map(it -> it.words().title()).toList();
  }

  /// A server nobody should ask.
  static final class Elsewhere extends FakeTracker {
    @Override
    Said answer(Asked question) {
      return Said.ok("[]");
    }
  }
}

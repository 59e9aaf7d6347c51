package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardBench.issue;
import static dev.millwright.triage.actor.BoardBench.saying;
import static dev.millwright.triage.actor.BoardBench.settings;
import static dev.millwright.triage.actor.BoardBench.standing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.triage.adapter.ScriptedBoard;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardSource;
import dev.millwright.triage.port.Boards;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Symphony's lines about polling and dispatch, on a real line and a real ledger.
class SymphonyDispatchTest {
  private static final Board.Fault DOWN =
      new Board.Fault(Board.Fault.Category.REQUEST, "down", "nobody answers", null);

  private static BoardBench bench;
  private static PollingBoards boards;

  @BeforeAll
  static void open(@TempDir Path data) throws Exception {
    bench = BoardBench.start(data);
    boards = PollingBoards.start(bench.system, bench.ground(Duration.ofHours(1)));
  }

  @AfterAll
  static void close() {
    boards.close();
    bench.close();
  }

  @Test
  void C65_looks_right_after_the_start() {
    var board = new ScriptedBoard("polled-c65", BoardBench.ACTIVE, BoardBench.TERMINAL);
    board.put(issue("1", "Todo"));

    bench.open(
        "polled-c65", new BoardSource.Opened.Ready(settings("polled-c65", 4, Map.of()), board));

    await().until(() -> bench.exists(board, "1"));
    var standing = rested("polled-c65");
    assertThat(standing.lastAt()).isNotNull();
    assertThat(standing.fault()).isNull();
  }

  @Test
  void C66_reconciles_validates_fetches_sorts_and_dispatches_in_this_order() {
    var board = bench.board(settings("c66", 1, Map.of()));
    board.put(issue("1", "Todo"));
    bench.look("c66");
    bench.awaitRunning(board, "1");
    board.put(issue("1", "Closed"));
    board.put(issue("2", "Todo"));
    board.asked();

    bench.look("c66");

    assertThat(bench.standing(board, "1")).isEqualTo("finished cancelled");
    assertThat(bench.exists(board, "2")).as("takes the place that reconciling freed").isTrue();
    assertThat(board.asked()).containsExactly("changedSince 1", "withIds [1]", "withIds [2]");
  }

  @Test
  void C67_sorts_by_priority_then_age() {
    var board = bench.board(settings("c67", 20, Map.of()));
    var old = Instant.parse("2026-01-01T00:00:00Z");
    var young = Instant.parse("2026-02-01T00:00:00Z");
    board.put(issue("z", "Todo", 0, old));
    board.put(issue("b", "Todo", 2, null));
    board.put(issue("a", "Todo", 2, null));
    board.put(issue("y", "Todo", 2, young));
    board.put(issue("x", "Todo", 2, old));
    board.put(issue("w", "Todo", 1, young));
    bench.started.clear();

    bench.look("c67");

    assertThat(bench.started).containsExactly("T-w", "T-x", "T-y", "T-a", "T-b", "T-z");
  }

  @Test
  void C68_requires_id_identifier_title_and_state() {
    var board = bench.board("c68");
    board.put(named("", "T-0"));
    board.put(named("1", " "));
    board.put(saying(issue("2", "Todo"), " ", List.of()));
    board.put(issue("3", " "));
    board.put(named("4", "T\u00004"));
    board.put(issue("5", "Todo"));

    assertThat(bench.look("c68")).isNull();

    assertThat(bench.ledger.claims("c68"))
        .extracting(claim -> claim.ticket().id())
        .containsExactly("5");
  }

  private static Issue named(String id, String identifier) {
    var plain = issue("x", "Todo");
    return new Issue(
        new Issue.Ref(id, identifier, null, Map.of()),
        plain.words(),
        plain.state(),
        0,
        plain.standing(),
        plain.times());
  }

  @Test
  void C69_takes_active_states_that_are_not_terminal_however_they_are_spelled() {
    var settings = settings("c69", 10, Map.of());
    var board = bench.board(settings);
    board.put(issue("1", "  tODO "));
    board.put(issue("2", "Done"));
    board.put(issue("3", "Backlog"));

    bench.look("c69");

    assertThat(bench.exists(board, "1")).isTrue();
    assertThat(bench.exists(board, "2")).isFalse();
    assertThat(bench.exists(board, "3")).isFalse();
  }

  @Test
  void C70_leaves_what_the_board_says_cannot_be_dispatched() {
    var board = bench.board("c70");
    var blocker = new Issue.Blocker("9", "T-9", "Todo");
    board.put(standing(issue("1", "Todo"), false, blocker));
    board.put(issue("9", "Backlog"));
    bench.look("c70");
    assertThat(bench.exists(board, "1")).isFalse();

    board.put(issue("9", "Done"));
    var done = new Issue.Blocker("9", "T-9", "Done");
    board.putQuietly(standing(issue("1", "Todo"), true, done));
    bench.look("c70");

    assertThat(bench.exists(board, "1"))
        .as("it did not change itself, what it waited for did")
        .isTrue();
  }

  @Test
  void C71_needs_all_required_labels() {
    var usual = settings("c71", 10, Map.of());
    var board =
        bench.board(
            new BoardSettings(
                usual.name(),
                usual.kind(),
                usual.repo(),
                usual.provider(),
                new BoardSettings.Selection(List.of(), List.of(), List.of("agent", "ready")),
                usual.pace(),
                usual.writeBack()));
    board.put(saying(issue("1", "Todo"), "One", List.of("agent")));
    board.put(saying(issue("2", "Todo"), "Two", List.of("agent", "more", "ready")));

    bench.look("c71");

    assertThat(bench.exists(board, "1")).isFalse();
    assertThat(bench.exists(board, "2")).isTrue();
  }

  @Test
  void C72_leaves_what_is_held_already() {
    var board = bench.board(settings("c72", 10, Map.of()));
    for (var id : List.of("runs", "asks", "over")) {
      board.put(issue(id, "Todo"));
    }
    bench.look("c72");
    bench.end(board, "asks", BoardBench.QUESTION);
    bench.end(board, "over", BoardBench.GIVE_UP);
    bench.started.clear();

    bench.look("c72");
    bench.lookAtAll("c72");

    assertThat(bench.started).isEmpty();
    assertThat(bench.standing(board, "asks")).isEqualTo("waiting answer");
    assertThat(bench.standing(board, "over")).isEqualTo("finished given_up");
  }

  @Test
  void C73_keeps_to_the_limit_of_the_board() {
    var board = bench.board(settings("c73", 2, Map.of()));
    for (var id : List.of("1", "2", "3", "4")) {
      board.put(issue(id, "Todo"));
    }

    bench.look("c73");
    bench.look("c73");
    assertThat(bench.held("c73")).isEqualTo(2);

    bench.end(board, "1", BoardBench.QUESTION);
    bench.look("c73");
    assertThat(bench.held("c73")).as("who waits for a person takes no place").isEqualTo(3);
  }

  @Test
  void C74_keeps_to_the_limit_of_a_state_as_the_tickets_are_now() {
    var board = bench.board(settings("c74", 10, Map.of("todo", 1, "in progress", 1)));
    board.put(issue("1", "Todo"));
    board.put(issue("2", " TODO"));
    bench.look("c74");
    assertThat(bench.held("c74")).isEqualTo(1);
    bench.awaitRunning(board, "1");

    board.put(issue("1", "In Progress"));
    bench.look("c74");

    assertThat(bench.held("c74")).as("the first one counts for another state").isEqualTo(2);
  }

  @Test
  void C75_reads_a_ticket_again_before_it_starts() {
    var board = bench.board(settings("c75", 1, Map.of()));
    for (var id : List.of("0", "1", "2", "3")) {
      board.put(issue(id, "Todo"));
    }
    bench.look("c75");
    bench.awaitRunning(board, "0");
    board.remove("1");
    board.putQuietly(issue("2", "Closed"));
    bench.end(board, "0", BoardBench.GIVE_UP);

    bench.look("c75");
    bench.look("c75");
    bench.look("c75");

    assertThat(bench.exists(board, "1")).isFalse();
    assertThat(bench.exists(board, "2")).isFalse();
    assertThat(bench.exists(board, "3")).isTrue();
  }

  @Test
  void C76_starts_nothing_when_the_board_cannot_be_read_and_tries_again() {
    var board = bench.board("c76");
    board.put(issue("1", "Todo"));
    board.fail("inStates", DOWN);
    assertThat(bench.look("c76")).isEqualTo(DOWN);
    assertThat(bench.exists(board, "1")).isFalse();

    board.fail("inStates", null);
    assertThat(bench.look("c76")).isNull();

    assertThat(bench.exists(board, "1")).isTrue();
  }

  @Test
  void C77_holds_a_ticket_from_its_start_until_it_is_let_go() {
    var board = bench.board("c77");
    board.put(issue("1", "Todo"));
    bench.look("c77");
    bench.end(board, "1", BoardBench.QUESTION);

    bench.forgetEverythingInMemory();
    bench.look("c77");
    assertThat(bench.held("c77")).isEqualTo(1);

    bench.items.decide(bench.item(board, "1"), new Decision(Decision.Verb.CANCEL, "ada", "no"));
    board.put(issue("1", "Backlog"));
    await()
        .until(() -> {
          bench.lookAtAll("c77");
          return bench.held("c77") == 0;
        });
  }

  @Test
  void C78_brings_a_ticket_again_whose_start_failed() {
    var board = bench.board("c78");
    board.put(issue("1", "Todo"));
    bench.dies = BoardBench.Dies.BEFORE_RECEIVING;
    try {
      assertThatThrownBy(() -> bench.look("c78")).hasMessage("killed");
    } finally {
      bench.dies = BoardBench.Dies.NEVER;
    }
    assertThat(bench.held("c78")).isEqualTo(1);
    assertThat(bench.exists(board, "1")).isFalse();

    bench.look("c78");

    assertThat(bench.exists(board, "1")).isTrue();
  }

  @Test
  void C79_starts_no_ticket_twice_also_over_a_restart() {
    var board = bench.board("c79");
    board.put(issue("1", "Todo"));
    bench.dies = BoardBench.Dies.AFTER_RECEIVING;
    try {
      assertThatThrownBy(() -> bench.look("c79")).hasMessage("killed");
    } finally {
      bench.dies = BoardBench.Dies.NEVER;
    }
    bench.end(board, "1", BoardBench.DROP);
    bench.started.clear();

    bench.forgetEverythingInMemory();
    bench.look("c79");
    bench.look("c79");

    assertThat(bench.started).isEmpty();
    assertThat(bench.standing(board, "1")).isEqualTo("finished dropped");
  }

  @Test
  void C34_looks_after_what_runs_while_the_settings_cannot_be_used() {
    var board = bench.board(settings("c34", 1, Map.of()));
    board.put(issue("1", "Todo"));
    bench.look("c34");
    bench.awaitRunning(board, "1");
    board.put(issue("1", "Closed"));
    board.put(issue("2", "Todo"));
    var good = (BoardSource.Opened.Ready) bench.opened("c34");
    bench.open("c34", new BoardSource.Opened.HeldBack(good.settings(), board, DOWN));

    assertThat(bench.look("c34")).isEqualTo(DOWN);
    assertThat(bench.standing(board, "1")).isEqualTo("finished cancelled");
    assertThat(bench.exists(board, "2")).isFalse();

    bench.open("c34", good);
    bench.look("c34");
    assertThat(bench.exists(board, "2")).isTrue();
  }

  @Test
  void C155_asked_often_to_look_again_it_looks_once_more() {
    var board = bench.board("polled-c155");
    rested("polled-c155");
    board.asked();

    synchronized (board) {
      assertThat(refresh("polled-c155").coalesced()).isFalse();
      await().until(() -> standingOf("polled-c155").checking());
      assertThat(refresh("polled-c155").coalesced()).as("while it looks").isTrue();
      assertThat(refresh("polled-c155").coalesced()).as("and again").isTrue();
    }

    await().until(() -> board.countAsked() >= 2 && !standingOf("polled-c155").checking());
    assertThat(board.asked()).containsExactly("changedSince 0", "changedSince 0");
  }

  @Test
  void C168_says_whether_it_looks_and_when_it_will() {
    bench.board("polled-c168");

    var standing = rested("polled-c168");

    assertThat(standing.kind()).isEqualTo("scripted");
    assertThat(standing.nextAt()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
  }

  @Test
  void one_board_that_is_down_is_seen_and_touches_no_other() {
    var down = new ScriptedBoard("polled-down", BoardBench.ACTIVE, BoardBench.TERMINAL);
    down.fail(
        "inStates",
        new Board.Fault(
            Board.Fault.Category.RATE_LIMITED, "slow", "later", Duration.ofMinutes(90)));
    bench.open(
        "polled-down", new BoardSource.Opened.Ready(settings("polled-down", 4, Map.of()), down));
    var up = bench.board("polled-up");
    up.put(issue("1", "Todo"));
    var _ = refresh("polled-up");

    await().until(() -> bench.exists(up, "1"));
    var standing = await().until(() -> standingOf("polled-down"), it -> it.fault() != null);
    assertThat(standing.nextAt()).isAfter(Instant.now().plus(Duration.ofMinutes(80)));
    down.asked();

    assertThat(refresh("polled-down").coalesced())
        .as("a provider that wants to be left alone is left alone")
        .isTrue();
    assertThat(standingOf("polled-down").checking()).isFalse();
    assertThat(down.asked()).isEmpty();
  }

  private static Boards.Standing rested(String name) {
    return await().until(() -> standingOf(name), it -> it.lastAt() != null && !it.checking());
  }

  private static Boards.Refresh refresh(String name) {
    return boards.refresh(name).toCompletableFuture().join();
  }

  private static Boards.Standing standingOf(String name) {
    return await()
        .until(
            () ->
                boards.standing().toCompletableFuture().join().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}

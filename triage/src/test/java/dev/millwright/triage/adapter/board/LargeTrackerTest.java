package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A tracker of 5,000 tickets with 200 at work, asked over HTTP: what a poller asks costs what
/// changed, not what exists.
class LargeTrackerTest {
  private static final int TICKETS = 5_000;
  private static final int ACTIVE = 200;
  private static final int LOOKS = 20;

  @Test
  void what_did_not_change_costs_one_request() {
    try (var world = new LinearBoardTest.LinearWorld()) {
      for (var ticket = 0; ticket < TICKETS; ticket++) {
        world.ticket("Ticket " + ticket, ticket < ACTIVE ? world.todo() : world.done());
      }
      var board = world.board();
      var mark = BoardContract.got(board.changedSince(null)).mark();
      world.server().forget();

      assertThat(BoardContract.got(board.inStates(board.activeStates()))).hasSize(ACTIVE);
      assertThat(world.server().asked()).as("whole").hasSize(ACTIVE / world.perPage());
      world.server().forget();
      for (var look = 0; look < LOOKS; look++) {
        mark = BoardContract.got(board.changedSince(mark)).mark();
      }
      assertThat(world.server().asked()).as("nothing changed").hasSize(LOOKS);
    }
  }
}

package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardBench.issue;
import static dev.millwright.triage.actor.BoardBench.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A board of 5,000 tickets with 200 at work: a look costs what changed, and memory stays flat.
///
/// The short form runs with every test; `-Dboards.looks=1000` is the whole one.
class LargeBoardTest {
  private static final int TICKETS = 5_000;
  private static final int ACTIVE = 200;
  private static final int LOOKS = Integer.getInteger("boards.looks", 200);
  private static final int WARM = Math.min(100, LOOKS / 2);
  private static final long MOST_GROWTH_BYTES = 8L << 20;

  @Test
  void a_look_costs_what_changed_and_memory_stays_flat(@TempDir Path data) throws Exception {
    try (var bench = BoardBench.start(data)) {
      var board = bench.board(settings("large", ACTIVE, Map.of()));
      for (var ticket = 0; ticket < TICKETS; ticket++) {
        board.put(issue("" + ticket, ticket < ACTIVE ? "Todo" : "Done"));
      }
      assertThat(bench.look("large")).isNull();
      for (var ticket = 0; ticket < ACTIVE; ticket++) {
        bench.endSoon(board, "" + ticket, BoardBench.QUESTION);
      }
      await().until(() -> waiting(bench) == ACTIVE);
      assertThat(board.asked()).hasSize(3);

      var warm = 0L;
      for (var look = 1; look <= LOOKS; look++) {
        if (look % 10 == 0) {
          board.put(issue("" + look % ACTIVE, look % 20 == 0 ? "Todo" : "In Progress"));
        }
        assertThat(bench.look("large")).isNull();
        if (look == WARM) {
          warm = usedBytes();
        }
      }
      var used = usedBytes();

      System.out.printf(
          "looks=%d calls=%d heap at look %d %.1f MB, at the end %.1f MB%n",
          LOOKS, board.countAsked(), WARM, warm / 1e6, used / 1e6);
      assertThat(board.asked()).as("one question a look").hasSize(LOOKS);
      assertThat(used - warm).isLessThan(MOST_GROWTH_BYTES);
      assertThat(bench.held("large")).isEqualTo(ACTIVE);
    }
  }

  private static long waiting(BoardBench bench) {
    return bench.ledger.claims("large").stream()
        .filter(
            claim -> bench.row(claim.item()).filter(it -> it.item() instanceof Waiting).isPresent())
        .count();
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

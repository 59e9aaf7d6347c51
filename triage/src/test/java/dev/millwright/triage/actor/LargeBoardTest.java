package dev.millwright.triage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.adapter.board.Tracker;
import dev.millwright.triage.port.BoardSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tracker of 5,000 tickets with 200 at work, asked over HTTP: a look costs what changed, and
/// memory stays flat, that of the tracker included.
///
/// The short form runs with every test; `-Dboards.looks=1000` is the whole one.
class LargeBoardTest {
  private static final int TICKETS = 5_000;
  private static final int ACTIVE = 200;
  private static final int LOOKS = Integer.getInteger("boards.looks", 100);
  private static final int CHANGES_EVERY = 10;
  private static final int WARM = Math.min(100, LOOKS / 2);
  private static final long MOST_GROWTH_BYTES = 8L << 20;

  @Test
  void a_look_costs_what_changed_and_memory_stays_flat(@TempDir Path data) throws Exception {
    try (var tracker = Tracker.Provider.LINEAR.open();
        var bench = BoardBench.start(data)) {
      var settings = tracker.settings("large", ACTIVE);
      bench.open("large", new BoardSource.Opened.Ready(settings, tracker.board()));
      var tickets = new ArrayList<String>();
      for (var ticket = 1; ticket <= TICKETS; ticket++) {
        var isWork = ticket <= ACTIVE;
        tickets.add(isWork ? tracker.ticket("Do " + ticket) : tracker.over("Did " + ticket));
      }
      assertThat(bench.look("large")).isNull();
      for (var ticket = 1; ticket <= ACTIVE; ticket++) {
        bench.endSoon(item(ticket), BoardBench.QUESTION);
      }
      await().until(() -> waiting(bench) == ACTIVE);
      assertThat(tracker.asked()).as("mark, list, and each before it starts").isEqualTo(1 + 4 + 4);

      var warm = 0L;
      var asked = 0;
      for (var look = 1; look <= LOOKS; look++) {
        if (look % CHANGES_EVERY == 0) {
          tracker.rename(tickets.get(look % ACTIVE), "Do it otherwise " + look);
        }
        assertThat(bench.look("large")).isNull();
        asked += tracker.asked();
        if (look == WARM) {
          warm = usedBytes();
        }
      }
      var used = usedBytes();

      System.out.printf(
          "looks=%d requests=%d heap at look %d %.1f MB, at the end %.1f MB%n",
          LOOKS, asked, WARM, warm / 1e6, used / 1e6);
      assertThat(asked)
          .as("one question a look, and two for each ticket that changed: itself, what is said")
          .isEqualTo(LOOKS + 2 * (LOOKS / CHANGES_EVERY));
      assertThat(used - warm).isLessThan(MOST_GROWTH_BYTES);
      assertThat(bench.held("large")).isEqualTo(ACTIVE);
    }
  }

  private static ItemId item(int ticket) {
    return ItemId.of(new SignalKey("linear:ABC-" + ticket));
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

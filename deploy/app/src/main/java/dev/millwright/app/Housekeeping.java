package dev.millwright.app;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workspace.Upkeep;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes every day what the policy keeps for a time, the first time right after the start.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PAUSE = Duration.ofDays(1);

  private final Upkeep upkeep;
  private final Supplier<PolicySettings.Keep> keep;
  private final Items items;
  private final Thread thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);

  private Housekeeping(Upkeep upkeep, Supplier<PolicySettings.Keep> keep, Items items) {
    this.upkeep = upkeep;
    this.keep = keep;
    this.items = items;
  }

  static Housekeeping start(Upkeep upkeep, Supplier<PolicySettings.Keep> keep, Items items) {
    var housekeeping = new Housekeeping(upkeep, keep, items);
    housekeeping.thread.start();
    return housekeeping;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        tidy();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidy() {
    try {
      var kept = keep.get();
      upkeep.run(new Upkeep.Times(kept.work(), kept.templates()), this::over);
    } catch (RuntimeException e) {
      LOG.warn("event=TidyingFailed cause=\"{}\"", e.toString());
    }
  }

  /// Asks the item itself. When it cannot say, it is not over. One that several agents work on at
  /// once has a place for each, with a number behind its name.
  private boolean over(String place) {
    try {
      return items
          .get(new ItemId(place.replaceFirst("_\\d$", "")))
          .toCompletableFuture()
          .join()
          .map(WorkItemState.Finished.class::isInstance)
          .orElse(true);
    } catch (CompletionException | IllegalArgumentException e) {
      return false;
    }
  }
}

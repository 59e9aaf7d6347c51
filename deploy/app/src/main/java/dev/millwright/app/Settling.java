package dev.millwright.app;

import dev.millwright.release.port.Forge;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the forge about changes that ended here: rejected, cancelled, given up, or landed just
/// before a crash.
///
/// It compares what the forge still holds open with how the items stand, so it remembers nothing
/// and may be killed anywhere; telling the forge twice changes nothing.
final class Settling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Forge forge;
  private final Supplier<Collection<String>> repos;
  private final Items items;
  private final Thread thread = Thread.ofVirtual().name("settling").unstarted(this::run);

  private Settling(Forge forge, Supplier<Collection<String>> repos, Items items) {
    this.forge = forge;
    this.repos = repos;
    this.items = items;
  }

  static Settling start(Forge forge, Supplier<Collection<String>> repos, Items items) {
    var settling = new Settling(forge, repos, items);
    settling.thread.start();
    return settling;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        for (var repo : repos.get()) {
          settle(repo);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(String repo) throws InterruptedException {
    try {
      switch (forge.pending(repo)) {
        case Forge.Pending.Failed(var reason) ->
            LOG.warn("event=ForgeNotRead repo={} cause=\"{}\"", repo, reason);
        case Forge.Pending.Changes(var pending) -> {
          for (var item : pending) {
            settle(repo, item);
          }
        }
      }
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("event=SettlingFailed repo={} cause=\"{}\"", repo, e.toString());
    }
  }

  private void settle(String repo, ItemId item) throws InterruptedException, ExecutionException {
    var ending = items.get(item).toCompletableFuture().get().flatMap(Forge.Ending::of);
    if (ending.isPresent()) {
      var noted = forge.settle(repo, item, ending.get());
      LOG.info("event=ChangeSettled workItem={} as={} forge={}", item, ending.get(), noted);
    }
  }
}

package dev.millwright.shared.line;

import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.WorkItemCommand;
import dev.millwright.shared.workitem.WorkItemState.Running;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The assignment of one running attempt.
final class Workplace implements Assignment {
  private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final ItemId item;
  private final Running running;
  private final Attempt.Setup setup;
  private final Map<String, String> checkpoints;
  private final List<Context.Decided> words = new ArrayList<>();
  private final List<BlockingQueue<Context.Decided>> listeners = new ArrayList<>();

  Workplace(ItemId item, Running running, Attempt.Setup setup) {
    this.item = item;
    this.running = running;
    this.setup = setup;
    this.checkpoints = new ConcurrentHashMap<>(running.dossier().checkpoints());
  }

  /// Takes what the item says is unheard; it says so again until it is kept under `Dossier.HEARD`.
  synchronized void hear(List<Context.Decided> unheard) {
    for (var said : unheard) {
      if (words.isEmpty() || said.at().isAfter(words.getLast().at())) {
        words.add(said);
        listeners.forEach(listener -> listener.add(said));
      }
    }
  }

  @Override
  public synchronized BlockingQueue<Context.Decided> words() {
    var queue = new LinkedBlockingQueue<>(words);
    listeners.add(queue);
    return queue;
  }

  @Override
  public ItemId item() {
    return item;
  }

  @Override
  public Lease lease() {
    return running.lease();
  }

  @Override
  public Context context() {
    return running.dossier().context();
  }

  @Override
  public Counters counters() {
    return running.dossier().counters();
  }

  @Override
  public void say(String line) {
    var time = TIME.format(setup.timing().clock().instant());
    var said = time + " " + lease().stage().wire() + " | " + line;
    try {
      setup.keeping().transcripts().append(item, said);
    } catch (IOException e) {
      LOG.warn("event=TranscriptNotWritten workItem={} cause=\"{}\"", item, e.toString());
    }
  }

  @Override
  public void doing(Doing doing) {
    setup
        .keeping()
        .activity()
        .take(item, lease().generation(), setup.timing().clock().instant(), doing);
  }

  @Override
  public void checkpoint(String name, String value) throws InterruptedException {
    var command =
        new WorkItemCommand.Checkpoint(lease(), name, value, setup.timing().clock().instant());
    Stubborn.until(() -> setup.items().handle(item, command));
    checkpoints.put(name, value);
  }

  @Override
  public Optional<String> checkpointed(String name) {
    return Optional.ofNullable(checkpoints.get(name));
  }

  @Override
  public void raise(Signal signal) throws InterruptedException {
    Stubborn.until(() -> setup.raise().apply(signal));
  }

  @Override
  public void record(Note note) throws InterruptedException {
    var command = new WorkItemCommand.Take(lease(), note, setup.timing().clock().instant());
    Stubborn.until(() -> setup.items().handle(item, command));
  }

  @Override
  public Artifacts artifacts() {
    return setup.keeping().artifacts();
  }
}

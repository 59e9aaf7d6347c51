package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Who waits for a slot: one sorted queue per stage and repository, so that a paused repository
/// costs nothing, and one list by time for those whose time has not come. Owned by one actor.
final class WaitingRoom {
  private static final Comparator<Ticket> BY_TIME =
      Comparator.comparing(Ticket::notBefore).thenComparing(Comparator.naturalOrder());

  private final Map<Stage, Map<String, TreeSet<Ticket>>> queues = new EnumMap<>(Stage.class);
  private final TreeSet<Ticket> later = new TreeSet<>(BY_TIME);
  private final Map<ItemId, Ticket> tickets = new HashMap<>();
  private final Map<ItemId, Ticket> parked = new HashMap<>();

  void add(Ticket ticket, Instant now) {
    remove(ticket.item());
    tickets.put(ticket.item(), ticket);
    if (ticket.notBefore().isAfter(now)) {
      later.add(ticket);
    } else {
      queue(ticket).add(ticket);
    }
  }

  void remove(ItemId item) {
    parked.remove(item);
    var ticket = tickets.remove(item);
    if (ticket != null) {
      later.remove(ticket);
      queue(ticket).remove(ticket);
    }
  }

  /// Keeps a ticket until its item's running attempt is over.
  void park(Ticket ticket) {
    parked.put(ticket.item(), ticket);
  }

  Optional<Ticket> unpark(ItemId item) {
    return Optional.ofNullable(parked.remove(item));
  }

  /// Takes the first in line of a stage among the repositories that may run.
  Optional<Ticket> next(Stage stage, Predicate<String> mayRun) {
    var first =
        queues.getOrDefault(stage, Map.of()).entrySet().stream()
            .filter(queue -> !queue.getValue().isEmpty() && mayRun.test(queue.getKey()))
            .map(queue -> queue.getValue().getFirst())
            .min(Comparator.naturalOrder());
    first.ifPresent(ticket -> remove(ticket.item()));
    return first;
  }

  /// Moves those whose time has come into their queues; answers the stages that got some.
  Set<Stage> due(Instant now) {
    var stages = EnumSet.noneOf(Stage.class);
    while (!later.isEmpty() && !later.getFirst().notBefore().isAfter(now)) {
      var ticket = later.removeFirst();
      queue(ticket).add(ticket);
      stages.add(ticket.stage());
    }
    return stages;
  }

  Optional<Instant> earliest() {
    return later.isEmpty() ? Optional.empty() : Optional.of(later.getFirst().notBefore());
  }

  boolean knows(ItemId item) {
    return tickets.containsKey(item) || parked.containsKey(item);
  }

  int size(Stage stage) {
    return queues.getOrDefault(stage, Map.of()).values().stream().mapToInt(Set::size).sum()
        + (int) later.stream().filter(ticket -> ticket.stage() == stage).count();
  }

  private SortedSet<Ticket> queue(Ticket ticket) {
    return queues
        .computeIfAbsent(ticket.stage(), _ -> new TreeMap<>())
        .computeIfAbsent(ticket.repo(), _ -> new TreeSet<>());
  }
}

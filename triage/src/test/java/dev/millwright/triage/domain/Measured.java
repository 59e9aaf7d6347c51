package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.triage.adapter.LuceneNeighbours;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What triage makes of labelled tickets, each of which arrives after those above it.
final class Measured {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final TriageSettings SHOP =
      new TriageSettings(
          List.of(new RepoSettings("shop", "git@host:acme/shop.git", "main", "local", "W.md")),
          List.of(new AgentSettings("coder", "command", "coder")),
          PolicySettings.DEFAULT);

  final List<Judged> tickets = new ArrayList<>();

  /// One ticket, what was made of it, and the earlier one it was thought to be like.
  record Judged(
      Ticket ticket,
      Kind kind,
      StageResult result,
      @Nullable String dropped,
      List<String> linked,
      double top) {
    boolean asks(String words) {
      return result.outcome() instanceof Outcome.Wait wait && wait.reason().contains(words);
    }

    boolean is(String about, String value) {
      return result.part() instanceof Contract contract
          && contract.judgement().findings().stream()
              .anyMatch(it -> it.about().equals(about) && it.value().equals(value));
    }
  }

  /// How often a yes or no was right.
  record Answers(int hits, int misses, int alarms, int rest) {
    double recall() {
      return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
    }

    double precision() {
      return hits + alarms == 0 ? 1 : (double) hits / (hits + alarms);
    }

    double accuracy() {
      return (double) (hits + rest) / (hits + misses + alarms + rest);
    }
  }

  static Measured of(List<Ticket> tickets, Path folder) throws IOException {
    var measured = new Measured();
    try (var index = LuceneNeighbours.open(folder)) {
      var ids = new HashMap<ItemId, String>();
      for (var ticket : tickets) {
        var at = START.plusSeconds(measured.tickets.size());
        var id = ItemId.of(ticket.context().signal().key());
        ids.put(id, ticket.id());
        index.note(
            new LuceneNeighbours.Noted(
                id,
                "shop",
                ticket.title(),
                ticket.body(),
                Author.Trust.MEMBER,
                new Alike.Standing(at, null, null)));
        var alike = index.of(id, "shop", at, ticket.title(), ticket.body());
        measured.tickets.add(judged(ticket, alike, ids));
      }
    }
    return measured;
  }

  private static Judged judged(Ticket ticket, List<Alike> alike, Map<ItemId, String> ids) {
    var context = ticket.context();
    var none = Knowledge.none();
    var knowing = new Knowledge(alike, none.experience(), none.readiness(), none.opinion());
    var alone = triage(ticket, none);
    var together = triage(ticket, knowing);
    var linked =
        alike.stream()
            .filter(it -> it.score() >= Duplicates.LINKED)
            .limit(1)
            .map(it -> String.valueOf(ids.get(it.id())))
            .toList();
    var dropped =
        together.outcome() instanceof Outcome.Drop(_, var other) && other != null
            ? ids.get(other)
            : null;
    return new Judged(
        ticket,
        Kinds.judge(context.signal()).value(),
        alone,
        dropped,
        linked,
        alike.isEmpty() ? 0 : alike.getFirst().score());
  }

  private static StageResult triage(Ticket ticket, Knowledge knowledge) {
    return switch (Triage.aim(ticket.context(), SHOP, knowledge.experience())) {
      case Triage.Aim.Stopped(var result) -> result;
      case Triage.Aim.Routed routed ->
          Triage.promise(ticket.context(), SHOP, RepositoryRules.NONE, routed, knowledge);
    };
  }

  /// Tickets by what they are and what they were taken for.
  Map<Kind, Map<Kind, Integer>> kinds() {
    var table = new EnumMap<Kind, Map<Kind, Integer>>(Kind.class);
    for (var judged : tickets) {
      if (judged.ticket().isWork() || judged.ticket().kind() == Kind.QUESTION) {
        if (!judged.ticket().is().contains("spam")) {
          table
              .computeIfAbsent(judged.ticket().kind(), _ -> new EnumMap<>(Kind.class))
              .merge(judged.kind(), 1, Integer::sum);
        }
      }
    }
    return table;
  }

  double kindAccuracy() {
    var all = kinds().values().stream().flatMap(row -> row.values().stream()).mapToInt(n -> n);
    var right =
        kinds().entrySet().stream().mapToInt(row -> row.getValue().getOrDefault(row.getKey(), 0));
    return (double) right.sum() / all.sum();
  }

  Answers nothingToDo() {
    return among(
        _ -> true,
        ticket -> ticket.is().contains("empty") || ticket.is().contains("spam"),
        it ->
            it.asks("says nothing to do")
                || (it.result().outcome() instanceof Outcome.Drop && it.kind() != Kind.QUESTION)
                || (it.result().outcome() instanceof Outcome.Drop(var why, _)
                    && !why.startsWith("a question")));
  }

  Answers unclear() {
    return among(
        Ticket::isWork,
        ticket -> ticket.is().contains("unclear"),
        it -> it.asks("does not say enough"));
  }

  Answers sensitive() {
    return among(
        ticket -> ticket.isWork() && !ticket.is().contains("unclear"),
        ticket -> ticket.is().contains("sensitive"),
        it -> !Sensitivity.judge(it.ticket().context().signal().request()).value().isEmpty());
  }

  Answers tooLarge() {
    return among(
        ticket -> ticket.isWork() && !ticket.is().contains("unclear"),
        ticket -> ticket.is().contains("large"),
        it -> it.asks("too large") || it.is("size", "too large"));
  }

  Answers split() {
    return among(
        Ticket::isWork,
        ticket -> ticket.is().contains("split"),
        it -> it.result().outcome() instanceof Outcome.Split);
  }

  /// Whether the earlier one was found at all, linked or dropped.
  Answers found() {
    return among(
        _ -> true,
        ticket -> ticket.like() != null,
        it -> it.linked().contains(it.ticket().like()) || wrongLink(it));
  }

  /// A link to something that has nothing to do with it; a look-alike is rightly linked.
  private static boolean wrongLink(Judged it) {
    return it.ticket().like() == null && it.ticket().unlike() == null && !it.linked().isEmpty();
  }

  Answers dropped() {
    return among(
        _ -> true,
        ticket -> ticket.like() != null,
        it ->
            it.dropped() != null
                && (it.ticket().like() == null || it.dropped().equals(it.ticket().like())));
  }

  private Answers among(
      Predicate<Ticket> those, Predicate<Ticket> labelled, Predicate<Judged> said) {
    var counts = new int[4];
    tickets.stream()
        .filter(it -> those.test(it.ticket()))
        .forEach(it -> counts[(labelled.test(it.ticket()) ? 0 : 2) + (said.test(it) ? 0 : 1)]++);
    return new Answers(counts[0], counts[1], counts[2], counts[3]);
  }
}

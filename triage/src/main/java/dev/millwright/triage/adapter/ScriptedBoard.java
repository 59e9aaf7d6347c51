package dev.millwright.triage.adapter;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A board in memory that does as it is told, and remembers what it was asked.
public final class ScriptedBoard implements Board {
  private final String name;
  private final List<String> active;
  private final List<String> terminal;
  private final Map<String, Issue> issues = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private final List<String> changes = new ArrayList<>();
  private final Map<String, Map<String, String>> comments = new LinkedHashMap<>();
  private final Map<String, List<Remark>> remarks = new LinkedHashMap<>();
  private final Map<String, Set<URI>> links = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Fault> faults = new LinkedHashMap<>();

  public ScriptedBoard(String name, List<String> active, List<String> terminal) {
    this.name = name;
    this.active = List.copyOf(active);
    this.terminal = List.copyOf(terminal);
  }

  /// Puts a ticket on the board, or changes it.
  public synchronized void put(Issue issue) {
    issues.put(issue.ref().id(), issue);
    changes.add(issue.ref().id());
  }

  /// Changes a ticket without it being among what changed.
  public synchronized void putQuietly(Issue issue) {
    issues.put(issue.ref().id(), issue);
  }

  /// Takes a ticket away without a trace.
  public synchronized void remove(String id) {
    issues.remove(id);
  }

  /// Leaves a ticket out of lists, as an index does that is behind.
  public synchronized void hideFromLists(String id) {
    hidden.add(id);
  }

  public synchronized Issue issue(String id) {
    return Optional.ofNullable(issues.get(id)).orElseThrow();
  }

  /// Somebody says something on a ticket, which changes it.
  public synchronized void say(String id, Author author, String text, Instant at) {
    var old = issue(id);
    var said = remarks.computeIfAbsent(id, _ -> new ArrayList<>());
    var url = URI.create("https://tickets.example.com/" + id + "#" + said.size());
    said.add(new Remark("r" + said.size(), author, text, at, url));
    put(
        new Issue(
            old.ref(),
            old.words(),
            old.state(),
            old.priority(),
            old.standing(),
            new Issue.Times(old.times().createdAt(), at)));
  }

  /// What is said on a ticket, by topic, the oldest first.
  public synchronized Map<String, String> comments(String id) {
    return new LinkedHashMap<>(comments.getOrDefault(id, Map.of()));
  }

  /// What is linked on a ticket, in order.
  public synchronized List<URI> links(String id) {
    return List.copyOf(links.getOrDefault(id, Set.of()));
  }

  /// Fails every call of this name, such as `withIds`, until told otherwise.
  ///
  /// @param fault `null` to answer again
  public synchronized void fail(String call, @Nullable Fault fault) {
    if (fault == null) {
      faults.remove(call);
    } else {
      faults.put(call, fault);
    }
  }

  /// The calls so far, such as `withIds [1, 2]`; forgotten with that.
  public List<String> asked() {
    var so = List.copyOf(asked);
    asked.clear();
    return so;
  }

  /// How many calls there were since they were last asked for.
  public int countAsked() {
    return asked.size();
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("scripted:" + name + "#" + issue.ref().identifier());
  }

  @Override
  public List<String> activeStates() {
    return active;
  }

  @Override
  public List<String> terminalStates() {
    return terminal;
  }

  @Override
  public synchronized Answer<List<Issue>> inStates(List<String> states) {
    return answer(
        "inStates",
        states,
        () ->
            issues.values().stream()
                .filter(issue -> issue.isIn(states) && !hidden.contains(issue.ref().id()))
                .toList());
  }

  @Override
  public synchronized Answer<Changes> changedSince(@Nullable String mark) {
    return answer(
        "changedSince",
        mark == null ? "" : mark,
        () -> {
          var from = mark == null ? changes.size() : Integer.parseInt(mark);
          var changed =
              changes.subList(from, changes.size()).stream()
                  .distinct()
                  .flatMap(id -> Optional.ofNullable(issues.get(id)).stream())
                  .toList();
          return new Changes(changed, "" + changes.size());
        });
  }

  @Override
  public synchronized Answer<List<Issue>> withIds(List<String> ids) {
    return answer(
        "withIds",
        ids,
        () ->
            ids.stream()
                .distinct()
                .flatMap(id -> Optional.ofNullable(issues.get(id)).stream())
                .toList());
  }

  @Override
  public synchronized Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    var said = remarks.getOrDefault(ticket.ref().id(), List.of());
    var now = "" + said.size();
    return mark == null
        ? new Answer.Got<>(new Remarks(List.of(), now))
        : answer(
            "remarks",
            ticket.ref().id(),
            () -> new Remarks(said.subList(Integer.parseInt(mark), said.size()), now));
  }

  @Override
  public synchronized Answer<Done> comment(String id, String topic, String markdown) {
    return answer(
        "comment",
        id,
        () -> {
          comments.computeIfAbsent(id, _ -> new LinkedHashMap<>()).put(topic, markdown);
          return new Done();
        });
  }

  @Override
  public synchronized Answer<Done> move(String id, String state) {
    var old = issues.get(id);
    if (old == null) {
      asked.add("move " + id + " " + state);
      return new Answer.Failed<>(
          new Fault(Fault.Category.STATUS, "scripted_issue_not_found", "no ticket " + id, null));
    }
    return answer(
        "move",
        id + " " + state,
        () -> {
          if (!old.isIn(List.of(state))) {
            put(
                new Issue(
                    old.ref(), old.words(), state, old.priority(), old.standing(), old.times()));
          }
          return new Done();
        });
  }

  @Override
  public synchronized Answer<Done> link(String id, String title, URI address) {
    return answer(
        "link",
        id + " " + address,
        () -> {
          links.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(address);
          return new Done();
        });
  }

  private <T> Answer<T> answer(String call, Object about, Supplier<T> work) {
    asked.add(call + " " + about);
    var fault = faults.get(call);
    return fault == null ? new Answer.Got<>(work.get()) : new Answer.Failed<>(fault);
  }
}

package dev.millwright.release.adapter;

import dev.millwright.release.port.Forge;
import dev.millwright.shared.workitem.ItemId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A forge in memory that keeps the port's promises, and answers landings as a test says.
public final class ScriptedForge implements Forge {
  private final Map<String, Entry> changes = new HashMap<>();
  private final Map<String, String> heads = new HashMap<>();
  private final Deque<Landed> answers = new ArrayDeque<>();

  private record Entry(String number, State state, String commit, Set<String> comments) {}

  /// The next landing is answered so; without an answer it succeeds where the port allows it.
  public synchronized void answer(Landed landed) {
    answers.add(landed);
  }

  /// Somebody moved a base branch.
  public synchronized void head(String repo, String base, String commit) {
    heads.put(repo + "/" + base, commit);
  }

  /// Where a base branch stands, as far as this forge was told.
  public synchronized String head(String repo, String base) {
    return heads.getOrDefault(repo + "/" + base, "");
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public synchronized Opened open(Request request) {
    var key = key(request.repo(), request.item());
    var known = changes.get(key);
    var next =
        known == null
            ? new Entry(
                Integer.toString(changes.size() + 1), State.OPEN, request.commit(), Set.of())
            : known.commit().equals(request.commit()) && known.state() != State.REJECTED
                ? known
                : new Entry(known.number(), State.OPEN, request.commit(), known.comments());
    changes.put(key, next);
    return new Opened.Open(next.number(), null);
  }

  @Override
  public synchronized Seen look(String repo, ItemId item) {
    var entry = changes.get(key(repo, item));
    return entry == null
        ? new Seen.Absent()
        : new Seen.Change(entry.number(), entry.state(), entry.commit(), entry.comments().size());
  }

  @Override
  public synchronized Noted comment(String repo, ItemId item, String key, String text) {
    var entry = changes.get(key(repo, item));
    if (entry == null) {
      return new Noted.Failed("there is no change for " + item);
    }
    var more = new HashSet<>(entry.comments());
    more.add(key);
    changes.put(key(repo, item), new Entry(entry.number(), entry.state(), entry.commit(), more));
    return new Noted.Done();
  }

  @Override
  public synchronized Landed land(Landing landing) {
    if (!answers.isEmpty()) {
      return answers.remove();
    }
    var branch = landing.repo() + "/" + landing.base();
    if (!heads.getOrDefault(branch, landing.onto()).equals(landing.onto())) {
      return new Landed.Outrun();
    }
    heads.put(branch, landing.merge());
    settle(landing.repo(), landing.item(), new Ending.Merged(landing.merge()));
    return new Landed.Done();
  }

  @Override
  public synchronized Pending pending(String repo) {
    return new Pending.Changes(
        changes.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(repo + "/"))
            .filter(entry -> !entry.getValue().state().ended())
            .map(entry -> new ItemId(entry.getKey().substring(repo.length() + 1)))
            .collect(Collectors.toSet()));
  }

  @Override
  public synchronized Noted settle(String repo, ItemId item, Ending ending) {
    var entry = changes.get(key(repo, item));
    if (entry == null) {
      return new Noted.Failed("there is no change for " + item);
    }
    var comments = new HashSet<>(entry.comments());
    ending.words().ifPresent(words -> comments.add(ending.state() + " " + words));
    changes.put(
        key(repo, item), new Entry(entry.number(), ending.state(), entry.commit(), comments));
    return new Noted.Done();
  }

  private static String key(String repo, ItemId item) {
    return repo + "/" + item;
  }
}

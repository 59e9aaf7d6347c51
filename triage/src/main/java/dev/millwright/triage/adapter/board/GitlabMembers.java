package dev.millwright.triage.adapter.board;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Who may write to a project of GitLab's, by itself or through a group. Asked for many at once,
/// and remembered for a while.
final class GitlabMembers {
  private static final int DEVELOPER = 30;
  private static final int PER_PAGE = 100;
  private static final int MOST_KNOWN = 5_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final BoardClient client;
  private final InstantSource clock;
  private final String project;
  private final Map<Long, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  GitlabMembers(BoardClient client, InstantSource clock, String project) {
    this.client = client;
    this.clock = clock;
    this.project = project;
  }

  /// Those of them who may write; whoever is not found may not.
  synchronized Set<Long> among(Collection<Long> users) throws BoardException {
    var now = clock.instant();
    known.values().removeIf(it -> it.until().isBefore(now));
    var unknown = new TreeSet<>(users);
    unknown.removeAll(known.keySet());
    var asked = List.copyOf(unknown);
    for (int from = 0; from < asked.size(); from += PER_PAGE) {
      ask(asked.subList(from, Math.min(from + PER_PAGE, asked.size())), now);
    }
    var writers =
        users.stream()
            .filter(it -> known.containsKey(it) && known.get(it).writes())
            .collect(Collectors.toSet());
    while (known.size() > MOST_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
    return writers;
  }

  /// A project whose members we may not see has none we could trust.
  private void ask(List<Long> users, Instant now) throws BoardException {
    var ask = Ask.get("projects", project, "members", "all").with("per_page", PER_PAGE).orGone();
    for (var user : users) {
      ask = ask.with("user_ids[]", user);
    }
    var writers =
        StreamSupport.stream(client.json(client.send(ask)).spliterator(), false)
            .filter(it -> it.path("access_level").asInt(0) >= DEVELOPER)
            .map(it -> it.path("id").asLong(0))
            .collect(Collectors.toSet());
    users.forEach(it -> known.put(it, new Known(writers.contains(it), now.plus(KEPT))));
  }

  private record Known(boolean writes, Instant until) {}
}

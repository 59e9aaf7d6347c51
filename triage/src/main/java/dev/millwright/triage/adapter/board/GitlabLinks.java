package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.domain.Issue.Blocker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What holds an issue of GitLab's up, which has to be asked for each of them.
///
/// Nothing held up is remembered until the issue changes, or for a while; that something may be
/// over is asked each time.
final class GitlabLinks {
  private static final int MOST_KNOWN = 5_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final BoardClient client;
  private final InstantSource clock;
  private final GitlabIssues issues;
  private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  GitlabLinks(BoardClient client, InstantSource clock, GitlabIssues issues) {
    this.client = client;
    this.clock = clock;
    this.issues = issues;
  }

  /// @param exactly whether it is asked whatever is remembered
  List<Blocker> of(JsonNode record, boolean exactly) throws BoardException {
    var iid = record.path("iid").asText();
    var updated = record.path("updated_at").asText();
    var before = remembered(iid);
    if (!exactly && before != null && before.updated().equals(updated)) {
      return before.blockers();
    }
    var ask = Ask.get("projects", issues.project(), "issues", iid, "links").orGone();
    var reply = client.send(ask);
    var blockers = reply.isGone() ? List.<Blocker>of() : issues.blockers(client.json(reply));
    remember(iid, new Known(updated, blockers, clock.instant().plus(KEPT)));
    return blockers;
  }

  private synchronized @Nullable Known remembered(String iid) {
    var it = known.get(iid);
    return it == null || it.until().isBefore(clock.instant()) ? null : it;
  }

  private synchronized void remember(String iid, Known fresh) {
    if (fresh.blockers().stream().anyMatch(issues::holdsUp)) {
      known.remove(iid);
      return;
    }
    known.put(iid, fresh);
    if (known.size() > MOST_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private record Known(String updated, List<Blocker> blockers, Instant until) {}
}

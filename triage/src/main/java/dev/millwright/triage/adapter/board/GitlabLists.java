package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Issue.Blocker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lists of a GitLab project, with what their records do not say: who is a member, and what
/// blocks an issue.
final class GitlabLists implements Sweep.Lists {
  private static final Logger LOG = LoggerFactory.getLogger(GitlabLists.class);

  private final BoardClient client;
  private final GitlabIssues issues;
  private final GitlabMembers members;
  private final GitlabLinks links;
  private final List<String> active;
  private final String project;

  GitlabLists(BoardClient client, InstantSource clock, GitlabIssues issues, List<String> active) {
    this.client = client;
    this.issues = issues;
    this.project = issues.project();
    this.members = new GitlabMembers(client, clock, project);
    this.links = new GitlabLinks(client, clock, issues);
    this.active = List.copyOf(active);
  }

  @Override
  public Ask list(LabelStates.Query query, int page, @Nullable Instant since) {
    var ask =
        Ask.get("projects", project, "issues")
            .with("state", query.state())
            .with("order_by", "updated_at")
            .with("sort", "asc")
            .with("per_page", Sweep.PER_PAGE)
            .with("page", page);
    var labelled = query.label().isEmpty() ? ask : ask.with("labels", query.label());
    return since == null ? labelled : labelled.with("updated_after", since);
  }

  @Override
  public Ask newest() {
    return Ask.get("projects", project, "issues")
        .with("state", "all")
        .with("order_by", "updated_at")
        .with("sort", "desc")
        .with("per_page", 1);
  }

  @Override
  public List<Issue> read(List<JsonNode> records) throws BoardException {
    var writers = writers(records);
    var blockers = Several.each(client, records, it -> blockers(it, false));
    var read = new ArrayList<Issue>();
    var malformed = 0;
    for (int at = 0; at < records.size(); at++) {
      try {
        read.add(issues.read(records.get(at), blockers.get(at), writers).listed());
      } catch (MalformedException _) {
        malformed++;
      }
    }
    if (malformed > 0) {
      LOG.warn("event=MalformedTickets board=gitlab project={} count={}", project, malformed);
    }
    return read;
  }

  /// Who of those that wrote them may write to the project.
  Set<Long> writers(List<JsonNode> records) throws BoardException {
    return members.among(
        records.stream()
            .map(GitlabIssues::author)
            .filter(it -> it > 0)
            .collect(Collectors.toSet()));
  }

  /// What is no work waits for nothing.
  List<Blocker> blockers(JsonNode record, boolean exactly) throws BoardException {
    var state =
        issues
            .states()
            .of(Reading.plain(record, "state"), Reading.labels(GitlabIssues.labels(record)));
    var isWork = active.stream().anyMatch(it -> Issue.folded(it).equals(Issue.folded(state)));
    return isWork && GitlabIssues.NUMBER.matcher(record.path("iid").asText()).matches()
        ? links.of(record, exactly)
        : List.of();
  }
}

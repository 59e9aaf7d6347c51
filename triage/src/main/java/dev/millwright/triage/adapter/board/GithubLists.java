package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.adapter.board.LabelStates.Query;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lists of issues of one GitHub repository, and what of them is still in it.
record GithubLists(GithubApi github, GithubTickets tickets) implements Sweep.Lists {
  private static final Logger LOG = LoggerFactory.getLogger(GithubLists.class);

  @Override
  public Ask list(Query query, int page, @Nullable Instant since) {
    var ask = github.list(query, page);
    return since == null ? ask : ask.with("since", since);
  }

  @Override
  public Ask newest() {
    return github.newest();
  }

  @Override
  public List<Issue> read(List<JsonNode> records) throws BoardException {
    for (var record : records) {
      var home = tickets.repositoryOf(record);
      if (!home.equalsIgnoreCase(tickets.repo())) {
        throw moved(home);
      }
    }
    var page = Reading.page(records, tickets::read);
    if (page.malformed() > 0) {
      LOG.warn(
          "event=MalformedTickets board=github repo={} count={}", tickets.repo(), page.malformed());
    }
    return page.issues();
  }

  /// Whether an issue is still in this repository: one that was transferred is shown where it is
  /// now. That a repository has another name now is a fault, or all its issues would seem gone.
  boolean isHere(String number, JsonNode record) throws BoardException {
    var home = tickets.repositoryOf(record);
    if (home.equalsIgnoreCase(tickets.repo())) {
      return true;
    }
    if (number.equals(Reading.optional(record, "number"))) {
      var name =
          Reading.plain(
              github.client().json(github.client().send(github.repository())), "full_name");
      if (name.equalsIgnoreCase(home)) {
        throw moved(home);
      }
    }
    return false;
  }

  private BoardException moved(String home) {
    var reason = tickets.repo() + " is " + home + " now; write that";
    return github.client().failed(Category.CONFIG, "repo_moved", reason, null);
  }
}

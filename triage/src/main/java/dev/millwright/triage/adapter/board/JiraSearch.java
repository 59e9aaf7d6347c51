package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.http.Json;
import dev.millwright.triage.adapter.board.Reading.MalformedException;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds tickets in Jira: by JQL over all pages, and by their ids.
record JiraSearch(BoardClient client, JiraIssues issues) {
  private static final Logger LOG = LoggerFactory.getLogger(JiraSearch.class);
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1_000;

  /// Every page, each token once.
  List<Issue> all(String jql) throws BoardException {
    var found = new LinkedHashMap<String, Issue>();
    var body = question(jql).put("maxResults", PAGE);
    for (int number = 0; number < MOST_PAGES; number++) {
      var page = page(body);
      readable(page).forEach(it -> found.put(it.ref().id(), it));
      if (page.path("isLast").asBoolean(false)) {
        return List.copyOf(found.values());
      }
      var next = Reading.plain(page, "nextPageToken");
      if (next.isEmpty()) {
        var reason = "there is a next page, but no token to it";
        throw client.failed(Category.PAGINATION, "missing_next_page_token", reason, null);
      }
      if (next.equals(Reading.plain(body, "nextPageToken"))) {
        throw client.failed(Category.PAGINATION, "repeated_page", "a page leads to itself", null);
      }
      body.put("nextPageToken", next);
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the pages do not end", null);
  }

  /// The first of them, if there is any.
  List<Issue> first(String jql) throws BoardException {
    return readable(page(question(jql).put("maxResults", 1)));
  }

  /// Those of the project, by their ids; what cannot be seen is not among them.
  Map<String, Issue> withIds(List<String> ids) throws BoardException {
    var wanted = List.copyOf(new LinkedHashSet<>(ids));
    var found = new LinkedHashMap<String, Issue>();
    for (int from = 0; from < wanted.size(); from += PAGE) {
      for (var record : fetched(wanted.subList(from, Math.min(from + PAGE, wanted.size())))) {
        if (issues.isOurs(record)) {
          var issue = read(record);
          found.put(issue.ref().id(), issue);
        }
      }
    }
    var ordered = new LinkedHashMap<String, Issue>();
    for (var id : wanted) {
      var issue = found.get(id);
      if (issue != null) {
        ordered.put(id, issue);
      }
    }
    return ordered;
  }

  private JsonNode fetched(List<String> ids) throws BoardException {
    var body = Json.object();
    ids.forEach(body.putArray("issueIdsOrKeys")::add);
    fields(body);
    return records(
        client.json(client.send(Ask.reading(body, "rest", "api", "3", "issue", "bulkfetch"))));
  }

  private JsonNode page(ObjectNode body) throws BoardException {
    return client.json(client.send(Ask.reading(body, "rest", "api", "3", "search", "jql")));
  }

  private static ObjectNode question(String jql) {
    return fields(Json.object().put("jql", jql));
  }

  private static ObjectNode fields(ObjectNode body) {
    JiraIssues.FIELDS.forEach(body.putArray("fields")::add);
    return body;
  }

  /// What can be read of a page; the rest is counted.
  private List<Issue> readable(JsonNode answer) throws BoardException {
    var page = Reading.page(records(answer), issues::read);
    if (page.malformed() > 0) {
      var count = page.malformed();
      LOG.warn("event=MalformedTickets board=jira project={} count={}", issues.project(), count);
    }
    return page.issues();
  }

  private JsonNode records(JsonNode answer) throws BoardException {
    var records = answer.path("issues");
    if (records.isArray()) {
      return records;
    }
    throw client.failed(Category.RESPONSE, "unknown_payload", "it lists no issues", null);
  }

  private Issue read(JsonNode record) throws BoardException {
    try {
      return issues.read(record);
    } catch (MalformedException e) {
      var reason = "a ticket cannot be read: " + e.getMessage();
      throw client.failed(Category.RESPONSE, "unknown_payload", reason, null);
    }
  }
}

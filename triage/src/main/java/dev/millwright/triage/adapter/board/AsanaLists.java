package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.port.Board.Fault.Category;
import java.util.ArrayList;
import java.util.List;

/// Reads lists of Asana's over all their pages.
record AsanaLists(BoardClient client) {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1_000;

  /// All pages of a list.
  List<JsonNode> all(Ask ask) throws BoardException {
    var all = new ArrayList<JsonNode>();
    var next = "";
    var first = ask.with("limit", PAGE);
    for (int number = 0; number < MOST_PAGES; number++) {
      var page = client.json(client.send(next.isEmpty() ? first : first.with("offset", next)));
      if (!page.path("data").isArray()) {
        throw client.failed(Category.RESPONSE, "unknown_payload", "the answer is no list", null);
      }
      page.path("data").forEach(all::add);
      if (!page.hasNonNull("next_page")) {
        return all;
      }
      var offset = Reading.plain(page.path("next_page"), "offset");
      if (offset.isEmpty()) {
        var reason = "there is a next page, but no offset to it";
        throw client.failed(Category.PAGINATION, "missing_offset", reason, null);
      }
      if (offset.equals(next)) {
        throw client.failed(Category.PAGINATION, "repeated_page", "a page leads to itself", null);
      }
      next = offset;
    }
    throw client.failed(Category.PAGINATION, "too_many_pages", "the pages do not end", null);
  }
}

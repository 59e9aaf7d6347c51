package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardContract.fault;
import static dev.millwright.triage.adapter.board.BoardContract.got;
import static dev.millwright.triage.adapter.board.FakeTracker.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millwright.shared.http.Json;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Issue.Blocker;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Symphony's lines about trackers, section 2k: those of all, of Linear and of GitHub.
final class SymphonyTrackersTest {
  private final FakeLinear linear = new FakeLinear();
  private final FakeGithub github = new FakeGithub();

  @AfterEach
  void close() {
    linear.close();
    github.close();
  }

  @Test
  void C171_asks_nothing_for_no_states_and_no_ids() {
    for (var board : List.of(linear(), github())) {
      assertThat(got(board.inStates(List.of()))).isEmpty();
      assertThat(got(board.withIds(List.of()))).isEmpty();
    }

    assertThat(linear.asked()).isEmpty();
    assertThat(github.asked()).isEmpty();
  }

  @Test
  void C172_keeps_the_order_over_pages() {
    IntStream.rangeClosed(1, 120).forEach(it -> linear.issue("Ticket " + it, "Todo"));
    IntStream.rangeClosed(1, 120).forEach(it -> github.issue("Ticket " + it, "open"));
    var expected = IntStream.rangeClosed(1, 120).mapToObj(it -> "Ticket " + it).toList();

    assertThat(titles(linear().inStates(List.of("Todo")))).isEqualTo(expected);
    assertThat(titles(github().inStates(List.of("open")))).isEqualTo(expected);
  }

  @Test
  void C173_leaves_malformed_records_out_of_lists_and_fails_on_them_by_id() {
    linear.issue("Fine", "Todo");
    linear.issue("  ", "Todo");
    github.issue("Fine", "open");
    github.issue("", "open");

    assertThat(titles(linear().inStates(List.of("Todo")))).containsExactly("Fine");
    assertThat(titles(github().inStates(List.of("open")))).containsExactly("Fine");
    assertThat(fault(linear().withIds(List.of(id(2)))).code()).isEqualTo("linear_unknown_payload");
    assertThat(fault(github().withIds(List.of("2"))).code()).isEqualTo("github_unknown_payload");
  }

  @Test
  void C174_leaves_invisible_ids_out_and_gives_each_once() {
    linear.issue("One", "Todo");
    github.issue("One", "open");

    assertThat(titles(linear().withIds(List.of(id(1), id(9), id(1))))).containsExactly("One");
    assertThat(titles(github().withIds(List.of("1", "9", "1")))).containsExactly("One");
  }

  @Test
  void C175_trims_and_folds_labels_without_blanks_each_once() {
    linear
        .issue("Labelled", "Todo")
        .put(
            "labels",
            Map.of(
                "nodes",
                List.of(
                    Map.of("name", " Bug "),
                    Map.of("name", "bug"),
                    Map.of("name", " "),
                    Map.of("name", "API"))));
    github.issue("Labelled", "open", " Bug ", "bug", " ", "API");

    assertThat(one(linear().inStates(List.of("Todo"))).words().labels())
        .containsExactly("bug", "api");
    assertThat(one(github().inStates(List.of("open"))).words().labels())
        .containsExactly("bug", "api");
  }

  @Test
  void C176_reads_optional_junk_as_nothing_and_refuses_required_junk() {
    var record = JsonNodeFactory.instance.objectNode();
    record.put("number", 7).put("title", "Fine").put("state", "open");
    record.put("body", 17).put("html_url", "javascript:alert(1)").put("labels", "no list");
    record.put("assignee", "nobody").put("created_at", "yesterday").putArray("user");
    github.next(say(200, "[" + record + "]"));
    var junk = record.deepCopy().set("title", JsonNodeFactory.instance.objectNode());

    var read = one(github().inStates(List.of("open")));
    github.next(say(200, junk.toString()));
    var refused = fault(github().withIds(List.of("7")));

    assertThat(read.words().description()).isEmpty();
    assertThat(read.words().labels()).isEmpty();
    assertThat(read.ref().url()).isNull();
    assertThat(read.standing().assignee()).isNull();
    assertThat(read.times().createdAt()).isNull();
    assertThat(refused.category()).isEqualTo(Category.RESPONSE);
  }

  @Test
  void C177_gives_native_ids_without_secrets() {
    github.issue("Native", "open");

    assertThat(one(github().inStates(List.of("open"))).ref().nativeRef())
        .isEqualTo(
            Map.of("number", "1", "repo", "acme/orders", "id", "9000000001", "node_id", "I_1"));
  }

  @Test
  void C178_keeps_the_spelling_of_states() {
    linear.issue("Spelled", "In Progress");

    assertThat(one(linear().inStates(List.of("In Progress"))).state()).isEqualTo("In Progress");
  }

  @Test
  void C179_tells_kinds_of_failure_apart() {
    assertThat(unusable("trello", Map.of()).fault().code()).isEqualTo("unsupported_tracker_kind");
    assertThat(unusable("linear", Map.of("project_slug", "p")).fault().category())
        .isEqualTo(Category.SECRET);
    assertThat(unusable("linear", Map.of("api_key", "k")).fault().category())
        .isEqualTo(Category.CONFIG);
    var board = linear();
    linear.next(say(500, "oops"));
    assertThat(fault(board.inStates(List.of("Todo"))).category()).isEqualTo(Category.STATUS);
    linear.next(say(200, "oops"));
    assertThat(fault(board.inStates(List.of("Todo"))).category()).isEqualTo(Category.RESPONSE);
    linear.next(say(200, page("true", "null")));
    assertThat(fault(board.inStates(List.of("Todo"))).category()).isEqualTo(Category.PAGINATION);
    linear.next(say(429, "{}"));
    assertThat(fault(board.inStates(List.of("Todo"))).category()).isEqualTo(Category.RATE_LIMITED);
    linear.close();
    assertThat(fault(linear().inStates(List.of("Todo"))).category()).isEqualTo(Category.REQUEST);
  }

  @Test
  void C182_shows_no_secret_and_at_most_a_thousand_bytes_of_an_error() {
    linear.next(say(403, "lin_api_secret " + "ä".repeat(5_000)));

    var fault = fault(linear().inStates(List.of("Todo")));

    assertThat(fault.toString()).doesNotContain("lin_api_secret").contains("(hidden)");
    assertThat(fault.reason().replace("127.0.0.1: ", "").getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(990, 1_000);
  }

  @Test
  void C183_polls_linear_by_project_and_states_and_follows_the_cursor() {
    IntStream.rangeClosed(1, 60).forEach(it -> linear.issue("Ticket " + it, "Todo"));

    assertThat(got(linear().inStates(List.of("Todo", "In Progress")))).hasSize(60);

    var variables = linear.asked().stream().map(it -> json(it.body()).path("variables")).toList();
    assertThat(variables).hasSize(2);
    assertThat(variables.getFirst().path("project").asText()).isEqualTo(FakeLinear.PROJECT);
    assertThat(variables.getFirst().path("first").asInt()).isEqualTo(50);
    assertThat(variables.getFirst().path("states").toString())
        .isEqualTo("[\"Todo\",\"In Progress\"]");
    assertThat(variables.getFirst().has("after")).isFalse();
    assertThat(variables.get(1).path("after").asText()).isEqualTo("cursor-50");
  }

  @Test
  void C183_calls_a_next_page_without_a_cursor_a_fault_of_paging() {
    linear.next(say(200, page("true", "null")));

    var fault = fault(linear().inStates(List.of("Todo")));

    assertThat(fault.category()).isEqualTo(Category.PAGINATION);
    assertThat(fault.code()).isEqualTo("linear_missing_end_cursor");
  }

  @Test
  void C184_reads_55_ids_in_two_requests_in_the_order_asked_for() {
    IntStream.rangeClosed(1, 55).forEach(it -> linear.issue("Ticket " + it, "Todo"));
    var ids = IntStream.rangeClosed(1, 55).mapToObj(SymphonyTrackersTest::id).toList().reversed();

    var found = got(linear().withIds(ids));

    assertThat(found).extracting(it -> it.ref().id()).isEqualTo(ids);
    assertThat(linear.asked()).hasSize(2);
    assertThat(linear.asked())
        .extracting(it -> json(it.body()).path("variables").path("ids").size())
        .containsExactly(50, 5);
    assertThat(linear.asked())
        .allSatisfy(it -> assertThat(it.body()).contains(FakeLinear.PROJECT, "slugId"));
  }

  @Test
  void C185_takes_only_inverse_blocks_for_blockers() {
    var issue = linear.issue("Related", "Backlog");
    FakeLinear.relations(
        issue,
        List.of(
            FakeLinear.relation("related", "ABC-7", "Todo"),
            FakeLinear.relation("blocks", "ABC-8", "Todo"),
            FakeLinear.relation("duplicate", "ABC-9", "Todo")));

    assertThat(one(linear().inStates(List.of("Backlog"))).standing().blockedBy())
        .containsExactly(new Blocker("id-ABC-8", "ABC-8", "Todo"));
  }

  @Test
  void C186_holds_a_todo_up_while_a_blocker_is_not_over_and_no_other_state() {
    for (var state : List.of("Todo", "In Progress")) {
      for (var blocker : List.of("In Progress", "Done", "canceled")) {
        var issue = linear.issue(state + " after " + blocker, state);
        FakeLinear.relations(issue, List.of(FakeLinear.relation("blocks", "ABC-99", blocker)));
      }
    }
    linear
        .issue("Todo after nobody knows what", "Todo")
        .put(
            "inverseRelations",
            Map.of(
                "nodes", List.of(),
                "pageInfo", Map.of("hasNextPage", true)));

    var held =
        got(linear().inStates(List.of("Todo", "In Progress"))).stream()
            .filter(it -> !it.standing().dispatchable())
            .map(it -> it.words().title());

    assertThat(held).containsExactly("Todo after In Progress", "Todo after nobody knows what");
  }

  @Test
  void C187_leaves_alone_what_is_assigned_to_nobody_or_somebody_else() {
    linear.issue("Mine", "Todo").put("assignee", Map.of("id", "user-me"));
    linear.issue("Theirs", "Todo").put("assignee", Map.of("id", "user-other"));
    linear.issue("Nobody's", "Todo");

    for (var assignee : List.of("me", "user-me")) {
      var mine =
          got(linear(Map.of("assignee", assignee)).inStates(List.of("Todo"))).stream()
              .filter(it -> it.standing().dispatchable())
              .map(it -> it.words().title());

      assertThat(mine).containsExactly("Mine");
    }
  }

  @Test
  void C187_asks_once_who_me_is_and_says_when_nobody_is() {
    var board = linear(Map.of("assignee", "me"));
    linear.issue("Mine", "Todo");
    got(board.inStates(List.of("Todo")));
    got(board.inStates(List.of("Todo")));
    linear.next(say(200, page("false", "null")), say(200, "{\"data\": {\"viewer\": {}}}"));

    var fault = fault(linear(Map.of("assignee", "me")).inStates(List.of("Todo")));

    assertThat(linear.asked().stream().filter(it -> it.body().contains("viewer"))).hasSize(2);
    assertThat(fault.code()).isEqualTo("missing_linear_viewer_identity");
  }

  @Test
  void C188_tells_a_status_from_errors_inside_an_answer() {
    linear.next(say(502, "x".repeat(3_000)), say(502, "x".repeat(3_000)));
    var status = fault(linear().inStates(List.of("Todo")));
    linear.next(say(200, "{\"errors\": [{\"message\": \"no such field\"}]}"));
    var errors = fault(linear().inStates(List.of("Todo")));

    assertThat(status.code()).isEqualTo("linear_api_status");
    assertThat(status.reason()).contains("502").hasSizeLessThan(1_100);
    assertThat(errors.code()).isEqualTo("linear_graphql_errors");
  }

  @Test
  void C190_reads_github_by_hundreds_until_a_short_page() {
    IntStream.rangeClosed(1, 150).forEach(it -> github.issue("Issue " + it, "open"));
    github.issue("Closed", "closed");
    github.pullRequest(3);

    var found = got(github().inStates(List.of("open")));

    assertThat(found).hasSize(150);
    assertThat(github.asked()).hasSize(2);
    assertThat(github.asked())
        .allSatisfy(it -> assertThat(it.parameters()).containsEntry("per_page", "100"));
    assertThat(found.stream().filter(it -> !it.standing().dispatchable()))
        .extracting(it -> it.ref().identifier())
        .containsExactly("GH-3");
  }

  @Test
  void C190_asks_nothing_for_states_github_does_not_know() {
    assertThat(got(github().inStates(List.of("In Progress", "nonsense")))).isEmpty();
    assertThat(github.asked()).isEmpty();
  }

  @Test
  void C191_reads_each_id_once_and_refuses_what_is_no_number() {
    IntStream.rangeClosed(1, 3).forEach(it -> github.issue("Issue " + it, "open"));
    got(github().withIds(List.of("3", "1", "3", "404")));
    var asked = github.asked().stream().map(FakeTracker.Asked::path).toList();

    var faults =
        List.of("../x", "1/comments", "GH-1", "", "-1", "1e3").stream()
            .map(it -> fault(github().withIds(List.of("1", it))).code());

    assertThat(asked)
        .containsExactlyInAnyOrder(
            "/repos/acme/orders/issues/3",
            "/repos/acme/orders/issues/1",
            "/repos/acme/orders/issues/404");
    assertThat(faults).containsOnly("invalid_github_issue_id");
    assertThat(github.asked()).hasSize(3);
  }

  @Test
  void C192_refuses_an_address_that_is_not_safe_and_keys_that_are_missing_or_no_text() {
    for (var address : List.of("http://api.github.com", "ftp://x", "nonsense", "https://", "::")) {
      assertThat(wrong("github", "api_url", address)).contains("invalid_github_api_url");
    }
    for (var key : List.of("repo", "token")) {
      assertThat(wrong("github", key, null)).containsExactly("missing_github_" + key);
      assertThat(wrong("github", key, 42)).containsExactly("invalid_github_" + key);
    }
    assertThat(wrong("github", "repo", "orders")).containsExactly("invalid_github_repo");
  }

  @Test
  void C192_takes_plain_http_on_this_machine_only() {
    for (var address : List.of("http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1")) {
      assertThat(wrong("github", "api_url", address)).isEmpty();
    }
    for (var address :
        List.of("http://127.0.0.1.evil.example", "http://localhost.example", "http://10.0.0.1")) {
      assertThat(wrong("github", "api_url", address)).containsExactly("invalid_github_api_url");
    }
  }

  private static List<String> wrong(String kind, String key, @Nullable Object value) {
    var provider = new HashMap<String, Object>(Map.of("repo", "acme/orders", "token", "t"));
    provider.put(key, value);
    if (value == null) {
      provider.remove(key);
    }
    return codes(kind, Collections.unmodifiableMap(provider));
  }

  private static List<String> codes(String kind, Map<String, Object> provider) {
    return switch (made(kind, provider, Map.of())) {
      case MadeBoard.Ready _ -> List.of();
      case MadeBoard.Unusable(var wrong) -> wrong.stream().map(MadeBoard.Wrong::code).toList();
    };
  }

  private static MadeBoard.Unusable unusable(String kind, Map<String, Object> provider) {
    return (MadeBoard.Unusable) made(kind, provider, Map.of());
  }

  static MadeBoard made(
      String kind, Map<String, Object> provider, Map<String, String> environment) {
    return new BoardMaker(Networks.PATIENT, environment)
        .make(Given.settings(kind, provider, List.of(), List.of()));
  }

  private Board linear() {
    return linear(Map.of());
  }

  private Board linear(Map<String, Object> more) {
    var provider = new HashMap<String, Object>(more);
    provider.put("endpoint", linear.address() + "/graphql");
    provider.put("api_key", "lin_api_secret");
    provider.put("project_slug", FakeLinear.PROJECT);
    return ((MadeBoard.Ready) made("linear", provider, Map.of())).board();
  }

  private Board github() {
    var provider =
        Map.<String, Object>of(
            "repo", FakeGithub.REPO, "token", "ghp_secret", "api_url", github.address());
    return ((MadeBoard.Ready) made("github", provider, Map.of())).board();
  }

  private static String id(int number) {
    return String.format("00000000-0000-4000-8000-%012d", number);
  }

  private static String page(String hasNext, String cursor) {
    return "{\"data\": {\"issues\": {\"nodes\": [{}], \"pageInfo\": {\"hasNextPage\": "
        + hasNext
        + ", \"endCursor\": "
        + cursor
        + "}}}}";
  }

  private static JsonNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> titles(Board.Answer<List<Issue>> answer) {
    return got(answer).stream().map(it -> it.words().title()).toList();
  }

  private static Issue one(Board.Answer<List<Issue>> answer) {
    assertThat(got(answer)).hasSize(1);
    return got(answer).getFirst();
  }
}

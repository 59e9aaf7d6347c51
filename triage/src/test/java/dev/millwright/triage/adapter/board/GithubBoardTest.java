package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.FakeTracker.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.triage.domain.Issue.Blocker;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GithubBoardTest extends RemoteBoardContract {

  @Override
  BoardWorld.Remote open() {
    return new GithubWorld();
  }

  @Override
  String kind() {
    return "github";
  }

  private FakeGithub github() {
    return ((GithubWorld) world).github;
  }

  private Board plain() {
    return ((GithubWorld) world).board(Map.of(), List.of(), List.of());
  }

  @Test
  void a_key_is_the_same_as_that_of_a_webhook() {
    github().issue("Something", "open");

    var issue = got(plain().inStates(List.of("open"))).getFirst();

    assertThat(plain().keyOf(issue).value()).isEqualTo("github:acme/orders#1");
  }

  @Test
  void open_and_closed_are_what_a_board_without_labels_knows() {
    github().issue("Open", "open");
    github().issue("Closed", "closed");
    var board = plain();

    got(board.move("1", "closed"));
    got(board.move("2", "open"));

    assertThat(board.activeStates()).containsExactly("open");
    assertThat(board.terminalStates()).containsExactly("closed");
    assertThat(titles(got(board.inStates(List.of("OPEN"))))).containsExactly("Closed");
    assertThat(titles(got(board.inStates(List.of("open", "closed"))))).hasSize(2);
  }

  @Test
  void a_board_that_did_not_change_costs_one_answer_without_a_body() {
    github().issue("Something", "open");
    var board = plain();
    var mark = changes(board, changes(board, null).mark()).mark();
    var before = Networks.PATIENT.counts();
    github().forget();

    for (int i = 0; i < 5; i++) {
      assertThat(changes(board, mark)).isEqualTo(new Board.Changes(List.of(), mark));
    }

    assertThat(github().asked()).hasSize(5);
    assertThat(Networks.PATIENT.counts().unchanged()).isEqualTo(before.unchanged() + 5);
  }

  @Test
  void nothing_is_missed_when_issues_close_while_the_list_is_read() {
    for (int i = 1; i <= 205; i++) {
      github().issue("Issue " + i, "open");
    }
    var board = plain();
    github()
        .next(
            github().usual(),
            (exchange, question) -> {
              for (int i = 1; i <= 5; i++) {
                github().change(i, "state", "closed"); // All later ones move up a page.
              }
              github().usual().happen(exchange, question);
            });

    var found = got(board.inStates(List.of("open")));

    assertThat(found.stream().map(it -> it.ref().id()).filter(it -> Long.parseLong(it) > 5))
        .hasSize(200);
  }

  @Test
  void more_issues_of_one_second_than_a_page_has_are_all_read() {
    for (int i = 1; i <= 250; i++) {
      github().issueAtOnce("Imported " + i);
    }

    assertThat(got(plain().inStates(List.of("open")))).hasSize(250);
  }

  @Test
  void a_second_change_within_a_second_is_a_change() {
    var number = github().issue("First", "open");
    var board = plain();
    var first = changes(board, null);
    var second = changes(board, first.mark());

    github().issueOf(number).put("title", "Second"); // With the same time.

    assertThat(titles(changes(board, second.mark()).issues())).containsExactly("Second");
  }

  @ParameterizedTest
  @CsvSource({
    "OWNER, MEMBER",
    "MEMBER, MEMBER",
    "COLLABORATOR, MEMBER",
    "CONTRIBUTOR, OUTSIDER",
    "FIRST_TIME_CONTRIBUTOR, OUTSIDER",
    "NONE, OUTSIDER",
    "MANNEQUIN, OUTSIDER"
  })
  void trust_is_what_github_says_of_the_author(String association, Author.Trust trust) {
    var number = github().issue("Please", "open");
    github().issueOf(number).put("author_association", association);

    var issue = got(plain().withIds(List.of("1"))).getFirst();

    assertThat(issue.standing().author()).isEqualTo(new Author("ada", trust));
  }

  @ParameterizedTest
  @CsvSource({
    "p0, 1",
    "P1, 1",
    "p4, 4",
    "priority: high, 2",
    "Priority/Low, 4",
    "priority:urgent, 1",
    "pretty, 0"
  })
  void priority_is_read_from_labels(String label, int priority) {
    github().issue("Please", "open", "bug", label);

    assertThat(got(plain().inStates(List.of("open"))).getFirst().priority()).isEqualTo(priority);
  }

  @Test
  void priority_labels_of_ones_own_replace_the_usual_ones() {
    github().issue("Please", "open", "sev-1", "p4");
    var own = Map.<String, Object>of("priority_labels", Map.of("SEV-1", 1));
    var board = ((GithubWorld) world).board(own, List.of(), List.of());

    assertThat(got(board.inStates(List.of("open"))).getFirst().priority()).isEqualTo(1);
  }

  @Test
  void an_issue_with_an_open_blocker_waits_and_says_for_what() {
    github().issue("Before", "open");
    github().issue("Done before", "closed");
    var number = github().issue("After", "open");
    github().blocked(number, List.of(1, 2));
    var board = plain();

    var listed = got(board.inStates(List.of("open"))).get(1);
    var read = got(board.withIds(List.of("3"))).getFirst();
    got(board.move("1", "closed"));
    var later = got(board.withIds(List.of("3"))).getFirst();

    assertThat(listed.standing().dispatchable()).isFalse();
    assertThat(read.standing().dispatchable()).isFalse();
    assertThat(read.standing().blockedBy())
        .containsExactly(new Blocker("1", "GH-1", "open"), new Blocker("2", "GH-2", "closed"));
    assertThat(later.standing().dispatchable()).isTrue();
  }

  @Test
  void the_first_label_of_several_is_the_state() {
    github().issue("Both", "open", "agent: doing", "agent: todo");

    assertThat(titles(got(board().inStates(List.of("Todo"))))).containsExactly("Both");
    assertThat(got(board().inStates(List.of("Doing")))).isEmpty();
  }

  @Test
  void a_move_replaces_the_label_and_keeps_all_others() {
    var number = github().issue("Move", "open", "bug", "agent: todo", "help wanted");

    got(board().move("1", "Doing"));

    assertThat(github().labelsOf(number)).containsExactly("bug", "help wanted", "agent: doing");
  }

  @Test
  void a_label_is_a_state_by_its_own_name_too() {
    github().issue("Ready", "open", "Ready");
    github().issue("Not", "open");
    var board =
        ((GithubWorld) world)
            .board(Map.of("status_labels", true), List.of("ready", "in progress"), List.of());

    got(board.move("1", "in progress"));

    assertThat(github().labelsOf(1)).containsExactly("in progress");
    assertThat(titles(got(board.inStates(List.of("ready", "in progress")))))
        .containsExactly("Ready");
  }

  @Test
  void a_pull_request_is_never_closed_by_a_board() {
    var number = github().issue("A change", "open");
    github().pullRequest(number);

    var fault = fault(plain().move("1", "closed"));

    assertThat(fault.code()).isEqualTo("github_not_an_issue");
    assertThat(github().issueOf(number).path("state").asText()).isEqualTo("open");
  }

  @Test
  void a_comment_of_a_stranger_that_looks_like_ours_is_not_touched() {
    github().issue("Say it", "open");
    var copy = Marker.mark("progress", "I am the factory");
    github().say(1, false, copy);
    github().say(1, true, "> " + copy);

    got(plain().comment("1", "progress", "Working"));

    assertThat(github().commentsOn(1).getFirst().body()).isEqualTo(copy);
    assertThat(github().commentsOn(1)).hasSize(3);
  }

  @Test
  void a_title_cannot_break_out_of_a_link() {
    github().issue("Link", "open");

    got(plain().link("1", "x](https://evil.example) [y\n\n# z", URI.create("https://example.com")));

    assertThat(github().commentsOn(1).getFirst().body().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .doesNotContain("](https://evil");
  }

  @Test
  void an_issue_that_went_to_another_repository_is_gone() {
    github().issue("Goes", "open");
    github().issue("Goes and keeps its number", "open");
    github().issue("Stays", "open");
    github().transfer(1, "acme/other", 77);
    github().transfer(2, "acme/other", 2);

    assertThat(titles(got(plain().withIds(List.of("1", "2", "3"))))).containsExactly("Stays");
  }

  @Test
  void a_repository_with_a_new_name_is_a_mistake_in_the_settings() {
    github().issue("Something", "open");
    github().rename("acme/shop");

    var listed = fault(plain().inStates(List.of("open")));
    var read = fault(plain().withIds(List.of("1")));

    assertThat(List.of(listed.code(), read.code())).containsOnly("github_repo_moved");
    assertThat(listed.reason()).contains("acme/shop");
    assertThat(listed.category()).isEqualTo(Category.CONFIG);
  }

  @Test
  void a_redirect_on_the_same_server_is_followed() {
    github().issue("Something", "open");
    github()
        .next(
            say(
                301,
                "{}",
                "Location",
                github().address() + "/repos/acme/orders/issues?state=open&per_page=100"));

    assertThat(got(plain().inStates(List.of("open")))).hasSize(1);
  }

  @Test
  void a_limit_that_is_used_up_says_when_it_is_full_again() {
    var reset = Instant.now().plusSeconds(900).getEpochSecond();
    github()
        .next(
            say(
                403,
                "{\"message\": \"API rate limit exceeded\"}",
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                Long.toString(reset)));

    var fault = fault(plain().inStates(List.of("open")));

    assertThat(fault.category()).isEqualTo(Category.RATE_LIMITED);
    assertThat(fault.retryAfter()).isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
  }

  @Test
  void a_secondary_limit_is_a_limit_with_and_without_a_header() {
    var body = "{\"message\": \"You have exceeded a secondary rate limit.\"}";
    github().next(say(403, body, "Retry-After", "30"), say(403, body));

    var with = fault(plain().inStates(List.of("open")));
    var without = fault(plain().inStates(List.of("open")));

    assertThat(with.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(without.retryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_server_of_ones_own_has_its_interfaces_below_a_path() {
    github().issue("Something", "open");
    var board =
        ((GithubWorld) world)
            .board(Map.of("api_url", github().address() + "/api/v3"), List.of(), List.of());

    board.inStates(List.of("open"));
    board.comment("1", "progress", "x");

    assertThat(github().asked())
        .extracting(FakeTracker.Asked::path)
        .containsExactly("/api/v3/repos/acme/orders/issues", "/api/graphql");
    ((GithubWorld) world).expectMisfits();
  }

  private static Board.Changes changes(Board board, @Nullable String mark) {
    return got(board.changedSince(mark));
  }

  /// A GitHub with one repository of ours, whose states are labels.
  static final class GithubWorld implements BoardWorld.Remote {
    private static final Map<String, Object> LABELS =
        Map.of("state_labels", ordered("Todo", "agent: todo", "Doing", "agent: doing"));

    final FakeGithub github = new FakeGithub();
    private final Board board = board(Networks.PATIENT);
    private boolean misfitsExpected;

    private static Map<String, String> ordered(String... words) {
      var map = new LinkedHashMap<String, String>();
      for (int i = 0; i < words.length; i += 2) {
        map.put(words[i], words[i + 1]);
      }
      return map;
    }

    void expectMisfits() {
      misfitsExpected = true;
    }

    @Override
    public Board board() {
      return board;
    }

    @Override
    public Board board(BoardNetwork network) {
      return made(settings(), network);
    }

    @Override
    public BoardSettings settings() {
      return settings(LABELS, List.of("Todo", "Doing"), List.of("closed"));
    }

    /// A board with other keys, the token and the repository apart.
    Board board(Map<String, Object> keys, List<String> active, List<String> terminal) {
      return made(settings(keys, active, terminal), Networks.PATIENT);
    }

    BoardSettings settings(Map<String, Object> keys, List<String> active, List<String> terminal) {
      var provider = new LinkedHashMap<String, Object>();
      provider.put("repo", FakeGithub.REPO);
      provider.put("token", "ghp_secret");
      provider.put("api_url", github.address());
      provider.putAll(keys);
      return Given.settings("github", provider, active, terminal);
    }

    private static Board made(BoardSettings settings, BoardNetwork network) {
      return switch (GithubBoard.make(settings, Map.of(), network)) {
        case MadeBoard.Ready(var board) -> board;
        case MadeBoard.Unusable(var wrong) -> throw new AssertionError(wrong.toString());
      };
    }

    @Override
    public FakeTracker server() {
      return github;
    }

    @Override
    public String secret() {
      return "ghp_secret";
    }

    @Override
    public int perPage() {
      return 100;
    }

    @Override
    public String todo() {
      return "Todo";
    }

    @Override
    public String doing() {
      return "Doing";
    }

    @Override
    public String done() {
      return "closed";
    }

    @Override
    public String ticket(String title, String state) {
      var number =
          switch (state) {
            case "closed" -> github.issue(title, "closed");
            case "Todo" -> github.issue(title, "open", "agent: todo");
            default -> github.issue(title, "open", "agent: doing");
          };
      return Integer.toString(number);
    }

    @Override
    public void rename(String id, String title) {
      github.change(Integer.parseInt(id), "title", title);
    }

    @Override
    public void hide(String id) {
      github.delete(Integer.parseInt(id));
    }

    @Override
    public void say(String id, String text) {
      github.say(Integer.parseInt(id), "ada", "MEMBER", text);
    }

    @Override
    public void sayAsOutsider(String id, String text) {
      github.say(Integer.parseInt(id), "eve", "NONE", text);
      github.say(Integer.parseInt(id), "helper[bot]", "MEMBER", text);
    }

    @Override
    public String stateOf(String id) {
      var number = Integer.parseInt(id);
      if (github.issueOf(number).path("state").asText().equals("closed")) {
        return "closed";
      }
      return github.labelsOf(number).contains("agent: todo") ? "Todo" : "Doing";
    }

    @Override
    public List<String> commentsOn(String id) {
      return github.commentsOn(Integer.parseInt(id)).stream()
          .map(it -> it.body().replaceFirst("<!--[^>]*-->\n", ""))
          .toList();
    }

    @Override
    public void copiedByAStranger(String id) {
      github.disown(Integer.parseInt(id));
    }

    @Override
    public void somebodySays(String id, String text) {
      github.say(Integer.parseInt(id), false, text);
    }

    @Override
    public List<String> linksOn(String id) {
      return github.commentsOn(Integer.parseInt(id)).stream()
          .flatMap(it -> it.body().lines())
          .filter(it -> it.startsWith("- ["))
          .map(it -> it.replaceFirst(".*\\(<(.*)>\\)$", "$1"))
          .toList();
    }

    @Override
    public void close() {
      github.close();
      assertThat(misfitsExpected ? List.of() : github.misfits()).isEmpty();
    }
  }
}

package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.FakeTracker.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinearBoardTest extends RemoteBoardContract {

  @Override
  BoardWorld.Remote open() {
    return new LinearWorld();
  }

  @Override
  String kind() {
    return "linear";
  }

  @Test
  void a_limit_that_linear_calls_a_bad_request_is_a_limit() {
    var reset = System.currentTimeMillis() + 600_000;
    remote()
        .server()
        .next(
            say(
                400,
                "{\"errors\": [{\"message\": \"Rate limit exceeded\", \"extensions\": {\"code\":"
                    + " \"RATELIMITED\"}}]}",
                "X-RateLimit-Requests-Remaining",
                "0",
                "X-RateLimit-Requests-Reset",
                Long.toString(reset)));

    var fault = fault(board().inStates(List.of("Todo")));

    assertThat(fault.category()).isEqualTo(Category.RATE_LIMITED);
    assertThat(fault.retryAfter()).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
  }

  @Test
  void errors_inside_a_success_are_a_fault_with_their_messages() {
    remote().server().next(say(200, "{\"errors\": [{\"message\": \"Entity not found\"}]}"));

    var fault = fault(board().inStates(List.of("Todo")));

    assertThat(fault.code()).isEqualTo("linear_graphql_errors");
    assertThat(fault.reason()).contains("Entity not found");
  }

  @Test
  void a_page_that_leads_to_itself_is_a_fault() {
    var page =
        "{\"data\": {\"issues\": {\"nodes\": [], \"pageInfo\": {\"hasNextPage\": true,"
            + " \"endCursor\": \"c\"}}}}";
    remote().server().next(say(200, page), say(200, page));

    var fault = fault(board().inStates(List.of("Todo")));

    assertThat(fault.category()).isEqualTo(Category.PAGINATION);
    assertThat(fault.code()).isEqualTo("linear_repeated_cursor");
  }

  @Test
  void people_of_the_workspace_are_members_and_nobody_else_is() {
    var linear = ((LinearWorld) world).linear;
    linear.issue("By a member", "Todo");
    linear
        .issue("By a guest", "Todo")
        .put("creator", Map.of("displayName", "guest", "guest", true, "app", false));
    linear
        .issue("By an app", "Todo")
        .put("creator", Map.of("displayName", "app", "guest", false, "app", true));
    linear.issue("By an integration", "Todo").put("creator", null);

    var found = got(board().inStates(List.of("Todo")));

    assertThat(found)
        .extracting(it -> it.standing().author().trust())
        .containsExactly(
            Author.Trust.MEMBER,
            Author.Trust.OUTSIDER,
            Author.Trust.OUTSIDER,
            Author.Trust.OUTSIDER);
  }

  @Test
  void more_relations_than_fit_hold_a_ticket_up() {
    var linear = ((LinearWorld) world).linear;
    linear
        .issue("Much related", "Todo")
        .put(
            "inverseRelations",
            Map.of("nodes", List.of(), "pageInfo", Map.of("hasNextPage", true)));

    var found = got(board().inStates(List.of("Todo")));

    assertThat(found.getFirst().standing().dispatchable()).isFalse();
  }

  @Test
  void a_project_of_somebody_else_is_never_touched() {
    var linear = ((LinearWorld) world).linear;
    var id = linear.idOf("Theirs", "Todo");
    linear.hide(id);

    var fault = fault(board().move(id, "Done"));

    assertThat(fault.code()).isEqualTo("linear_issue_not_found");
    assertThat(linear.stateOf(id)).isEqualTo("Todo");
  }

  @Test
  void what_nobody_could_say_does_not_pass_for_a_mark() {
    world.ticket("Old", "Todo");

    var changes = changes("yesterday or so");

    assertThat(titles(changes.issues())).containsExactly("Old");
  }

  /// A Linear with one project of ours.
  static final class LinearWorld implements BoardWorld.Remote {
    final FakeLinear linear = new FakeLinear();
    private final Board board = board(Networks.PATIENT);

    @Override
    public Board board() {
      return board;
    }

    @Override
    public Board board(BoardNetwork network) {
      return ((MadeBoard.Ready) LinearBoard.make(settings(), Map.of(), network)).board();
    }

    @Override
    public BoardSettings settings() {
      return settings(
          Map.of(
              "endpoint",
              linear.address() + "/graphql",
              "api_key",
              "lin_api_secret",
              "project_slug",
              FakeLinear.PROJECT));
    }

    static BoardSettings settings(Map<String, Object> provider) {
      return Given.settings("linear", provider, List.of(), List.of());
    }

    @Override
    public FakeTracker server() {
      return linear;
    }

    @Override
    public String secret() {
      return "lin_api_secret";
    }

    @Override
    public int perPage() {
      return 50;
    }

    @Override
    public String todo() {
      return "Todo";
    }

    @Override
    public String doing() {
      return "In Progress";
    }

    @Override
    public String done() {
      return "Done";
    }

    @Override
    public String ticket(String title, String state) {
      return linear.idOf(title, state);
    }

    @Override
    public void rename(String id, String title) {
      linear.change(id, "title", title);
    }

    @Override
    public void hide(String id) {
      linear.hide(id);
    }

    @Override
    public void say(String id, String text) {
      linear.say(id, Map.of("displayName", "ada", "guest", false, "app", false), text);
    }

    @Override
    public void sayAsOutsider(String id, String text) {
      linear.say(id, Map.of("displayName", "eve", "guest", true, "app", false), text);
      linear.say(id, Map.of("displayName", "bot", "guest", false, "app", true), text);
    }

    @Override
    public String stateOf(String id) {
      return linear.stateOf(id);
    }

    @Override
    public List<String> commentsOn(String id) {
      return linear.commentsOn(id);
    }

    @Override
    public void copiedByAStranger(String id) {
      linear.disown(id);
    }

    @Override
    public void somebodySays(String id, String text) {
      linear.say(id, text);
    }

    @Override
    public List<String> linksOn(String id) {
      return linear.linksOn(id);
    }

    @Override
    public void close() {
      linear.close();
    }
  }
}

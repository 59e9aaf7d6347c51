package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.MadeBoard;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GitlabBoardTest extends RemoteBoardContract {
  @Override
  BoardWorld.Remote open() {
    return new GitlabWorld();
  }

  @Override
  String kind() {
    return "gitlab";
  }

  @Test
  void who_may_write_to_the_project_is_a_member_and_nobody_else() {
    gitlab().member(2, 40);
    gitlab().member(3, 20);
    for (int user = 1; user <= 4; user++) {
      var iid = gitlab().issue("By " + user, "todo");
      gitlab().issue(Integer.parseInt(iid)).set("author", FakeGitlab.user(user));
    }

    assertThat(got(board().inStates(List.of("Todo"))))
        .extracting(it -> it.standing().author().trust())
        .containsExactly(Trust.MEMBER, Trust.MEMBER, Trust.OUTSIDER, Trust.OUTSIDER);
  }

  @Test
  void members_are_asked_for_together_and_not_again_for_a_while() {
    for (int user = 1; user <= 4; user++) {
      var iid = gitlab().issue("By " + user, "todo");
      gitlab().issue(Integer.parseInt(iid)).set("author", FakeGitlab.user(user));
    }
    got(board().inStates(List.of("Todo")));
    got(board().inStates(List.of("Todo")));
    assertThat(asked("/members/all")).isEqualTo(1);
    gitlab().member(4, 30);
    clock().pass(Duration.ofMinutes(11));

    var found = got(board().inStates(List.of("Todo")));

    assertThat(found.getLast().standing().author().trust()).isEqualTo(Trust.MEMBER);
    assertThat(asked("/members/all")).isEqualTo(2);
  }

  @Test
  void what_holds_a_ticket_up_is_asked_until_it_is_over() {
    var first = gitlab().issue("First", "doing");
    var second = gitlab().issue("Second", "todo");
    gitlab().block(first, second);

    var waiting = got(board().inStates(List.of("Todo"))).getFirst();
    gitlab().close(first);
    var free = got(board().inStates(List.of("Todo"))).getFirst();
    remote().server().forget();
    got(board().inStates(List.of("Todo")));

    assertThat(waiting.standing().dispatchable()).isFalse();
    assertThat(waiting.standing().blockedBy())
        .containsExactly(new Issue.Blocker(first, "GL-" + first, "Doing"));
    assertThat(free.standing().dispatchable()).isTrue();
    assertThat(asked("/links")).isZero();
  }

  @Test
  void ids_are_asked_for_together() {
    var ids = tickets(60);
    remote().server().forget();

    assertThat(got(board().withIds(ids))).hasSize(60);

    assertThat(asked("/issues")).isEqualTo(2);
  }

  @Test
  void an_id_that_is_no_number_is_never_asked_for() {
    assertThat(fault(board().withIds(List.of("1", "../2"))).code())
        .isEqualTo("invalid_gitlab_issue_id");
    assertThat(remote().server().asked()).isEmpty();
  }

  @Test
  void a_move_is_one_question_that_changes_only_labels_of_states() {
    var iid = gitlab().issue("Move it", "todo", "bug", "Priority::High");

    got(board().move(iid, "doing"));

    assertThat(gitlab().labels(iid)).containsExactly("bug", "Priority::High", "doing");
    assertThat(got(board().withIds(List.of(iid))).getFirst().priority()).isEqualTo(2);
  }

  @Test
  void what_looks_like_a_command_in_a_comment_stays_text() {
    var iid = world.ticket("Say it", world.todo());

    got(board().comment(iid, "result", "It says:\n/close\n  /confidential\n\n/assign @eve"));

    assertThat(world.commentsOn(iid).getFirst()).contains("\\/close", "\\/confidential");
    assertThat(world.stateOf(iid)).isEqualTo(world.todo());
  }

  @Test
  void a_board_that_lets_us_in_knows_its_states() {
    assertThat(got(board().unknownStates())).isEmpty();
    remote().server().next(FakeTracker.say(401, "{}"));

    assertThat(fault(board().unknownStates()).code()).isEqualTo("gitlab_api_status");
  }

  private long asked(String end) {
    return remote().server().asked().stream().filter(it -> it.path().endsWith(end)).count();
  }

  private FakeGitlab gitlab() {
    return ((GitlabWorld) world).gitlab;
  }

  private Networks.Hands clock() {
    return ((GitlabWorld) world).clock;
  }

  /// A GitLab with one project of ours, whose open issues have labels for states.
  static final class GitlabWorld implements BoardWorld.Remote {
    final Networks.Hands clock;
    final FakeGitlab gitlab;
    private final BoardNetwork network;
    private final Board board;

    GitlabWorld() {
      this(new Networks.Hands());
    }

    GitlabWorld(Networks.Hands clock) {
      this.clock = clock;
      this.gitlab = new FakeGitlab(clock);
      this.network = Networks.with(Duration.ofSeconds(30), clock);
      this.board = board(network);
    }

    @Override
    public Board board() {
      return board;
    }

    @Override
    public Board board(BoardNetwork other) {
      return ((MadeBoard.Ready) GitlabBoard.make(settings(), Map.of(), other)).board();
    }

    @Override
    public BoardSettings settings() {
      return settings(provider(gitlab));
    }

    static Map<String, Object> provider(FakeGitlab gitlab) {
      return Map.of(
          "api_url",
          gitlab.address() + "/api/v4",
          "api_key",
          FakeGitlab.TOKEN,
          "project_path",
          FakeGitlab.PROJECT,
          "state_labels",
          Map.of("Todo", "todo", "Doing", "doing"));
    }

    static BoardSettings settings(Map<String, Object> provider) {
      return Given.settings("gitlab", provider, List.of("Todo", "Doing"), List.of("closed"));
    }

    @Override
    public FakeTracker server() {
      return gitlab;
    }

    @Override
    public String secret() {
      return FakeGitlab.TOKEN;
    }

    @Override
    public int perPage() {
      return Sweep.PER_PAGE;
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
      if (!state.equals("closed")) {
        return gitlab.issue(title, state.toLowerCase(java.util.Locale.ROOT));
      }
      var iid = gitlab.issue(title);
      gitlab.close(iid);
      return iid;
    }

    @Override
    public void rename(String id, String title) {
      gitlab.issue(Integer.parseInt(id)).put("title", title);
      gitlab.touch(id);
    }

    @Override
    public void hide(String id) {
      gitlab.delete(id);
    }

    @Override
    public void say(String id, String text) {
      gitlab.member(8, 30);
      gitlab.note(id, 8, text);
    }

    @Override
    public void sayAsOutsider(String id, String text) {
      gitlab.note(id, 9, text);
    }

    @Override
    public String stateOf(String id) {
      var labels = gitlab.labels(id);
      return !gitlab.issue(Integer.parseInt(id)).path("state").asText().equals("opened")
          ? "closed"
          : labels.contains("doing") ? "Doing" : labels.contains("todo") ? "Todo" : "opened";
    }

    @Override
    public List<String> commentsOn(String id) {
      return gitlab.notes(id).stream()
          .map(it -> it.path("body").asText().replaceFirst("<!-- .* -->\n", ""))
          .toList();
    }

    @Override
    public void copiedByAStranger(String id) {
      var ours = List.copyOf(gitlab.notes(id));
      gitlab.notes(id).clear();
      ours.forEach(it -> somebodySays(id, it.path("body").asText()));
    }

    @Override
    public void somebodySays(String id, String text) {
      gitlab.note(id, 9, text);
    }

    @Override
    public List<String> linksOn(String id) {
      return commentsOn(id).stream()
          .flatMap(it -> Arrays.stream(it.split("\n")))
          .map(it -> it.replaceAll(".*\\(<|>\\)$", ""))
          .toList();
    }

    @Override
    public void close() {
      network.close();
      gitlab.close();
      assertThat(gitlab.mistakes).isEmpty();
    }
  }
}

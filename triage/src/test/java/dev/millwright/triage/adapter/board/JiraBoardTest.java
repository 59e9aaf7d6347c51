package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JiraBoardTest extends RemoteBoardContract {
  @Override
  BoardWorld.Remote open() {
    return new JiraWorld();
  }

  @Override
  String kind() {
    return "jira";
  }

  /// Where it is, and where it may go.
  @Override
  int writesOfAMove() {
    return 2;
  }

  @Test
  void a_change_is_seen_whatever_the_second_and_however_long_ago() {
    var id = world.ticket("An old one", "To Do");
    clock().pass(Duration.ofHours(3).plusSeconds(17));
    var mark = changes(null).mark();
    clock().pass(Duration.ofSeconds(43));
    world.rename(id, "A new name");
    clock().pass(Duration.ofDays(40));

    var changes = changes(mark);

    assertThat(titles(changes.issues())).containsExactly("A new name");
    assertThat(changes(changes.mark()).issues()).isEmpty();
  }

  @Test
  void a_state_that_tries_to_be_a_question_is_a_state_that_does_not_exist() {
    jira().issue("One", "To Do");

    var answer = board().inStates(List.of("x\") OR project = \"ABC"));

    assertThat(fault(answer).code()).isEqualTo("jira_api_status");
    assertThat(remote().server().asked()).hasSize(1);
  }

  @Test
  void a_ticket_brings_its_priority_words_and_who_wrote_it() {
    var fields = jira().fields(jira().issue("One", "To Do"));
    fields.putObject("priority").put("name", "Highest");
    fields.withArray("labels").add("Agent");
    fields.set("description", AtlassianDocument.of("Please **fix** it."));

    var issue = got(board().inStates(List.of("To Do"))).getFirst();

    assertThat(issue.priority()).isEqualTo(1);
    assertThat(issue.words().description()).isEqualTo("Please **fix** it.");
    assertThat(issue.words().labels()).containsExactly("agent");
    assertThat(issue.ref().url()).hasToString(jira().address() + "/browse/ABC-1");
    assertThat(issue.standing().author().trust()).isEqualTo(Trust.MEMBER);
    assertThat(issue.times().createdAt()).isNotNull();
    assertThat(board().keyOf(issue).value()).isEqualTo("jira:ABC-1");
  }

  @Test
  void what_a_customer_or_an_app_brings_is_a_strangers() {
    for (var type : List.of("customer", "app", "unknown")) {
      jira()
          .fields(jira().issue("From a " + type, "To Do"))
          .set("creator", FakeJira.user("Eve", type));
      jira()
          .fields(jira().issue("For a " + type, "To Do"))
          .set("reporter", FakeJira.user("Eve", type));
    }
    jira().fields(jira().issue("From nobody", "To Do")).putNull("creator");

    assertThat(got(board().inStates(List.of("To Do"))))
        .hasSize(7)
        .allMatch(it -> it.standing().author().trust() == Trust.OUTSIDER);
  }

  @Test
  void a_move_that_the_workflow_does_not_know_names_those_it_knows() {
    var id = jira().issue("One", "To Do");
    jira().onlyWays("To Do", "In Progress");

    var refused = fault(board().move(id, "Done"));

    assertThat(refused.category()).isEqualTo(Category.CONFIG);
    assertThat(refused.code()).isEqualTo("jira_unknown_state");
    assertThat(refused.reason()).contains("ABC-1 is 'To Do'", "In Progress", "'Done'");
  }

  @Test
  void a_finished_blocker_of_another_project_is_over_whatever_its_state_is_called() {
    jira().status("Shipped", "done");
    var blocker = jira().issue("First", "Shipped");
    var blocked = jira().issue("Then", "To Do");
    jira().block(blocker, blocked);

    var issue = got(board().withIds(List.of(blocked))).getFirst();

    assertThat(issue.standing().dispatchable()).isTrue();
    assertThat(issue.standing().blockedBy())
        .containsExactly(new Issue.Blocker(blocker, "ABC-1", "Shipped"));
  }

  @Test
  void a_state_that_no_ticket_can_have_is_told() {
    assertThat(got(board().unknownStates())).isEmpty();
    jira().forgetStatus("Done");

    assertThat(got(board().unknownStates())).containsExactly("Done");
  }

  private FakeJira jira() {
    return ((JiraWorld) world).jira;
  }

  private Networks.Hands clock() {
    return ((JiraWorld) world).clock;
  }

  /// A Jira with one project of ours, whose tickets are minutes apart.
  static final class JiraWorld implements BoardWorld.Remote {
    final Networks.Hands clock;
    final FakeJira jira;
    private final BoardNetwork network;
    private final Board board;

    JiraWorld() {
      this(new Networks.Hands());
    }

    JiraWorld(Networks.Hands clock) {
      this.clock = clock;
      this.jira = new FakeJira("ABC", clock);
      this.network = Networks.with(Duration.ofSeconds(30), clock);
      this.board = board(network);
    }

    @Override
    public Board board() {
      return board;
    }

    @Override
    public Board board(BoardNetwork other) {
      return ((MadeBoard.Ready) JiraBoard.make(settings(), Map.of(), other)).board();
    }

    @Override
    public BoardSettings settings() {
      return settings(provider(jira));
    }

    static Map<String, Object> provider(FakeJira jira) {
      return Map.of(
          "base_url",
          jira.address(),
          "email",
          FakeJira.EMAIL,
          "api_token",
          FakeJira.TOKEN,
          "project_key",
          "ABC");
    }

    static BoardSettings settings(Map<String, Object> provider) {
      return Given.settings("jira", provider, List.of("To Do", "In Progress"), List.of("Done"));
    }

    @Override
    public FakeTracker server() {
      return jira;
    }

    @Override
    public String secret() {
      return FakeJira.BASIC;
    }

    @Override
    public int perPage() {
      return FakeJira.PER_PAGE;
    }

    @Override
    public String todo() {
      return "To Do";
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
      return jira.issue(title, state);
    }

    @Override
    public void rename(String id, String title) {
      jira.fields(id).put("summary", title);
      jira.touch(id);
    }

    @Override
    public void hide(String id) {
      jira.delete(id);
    }

    private static ObjectNode said(String text) {
      var said = FakeRest.object();
      said.set("body", AtlassianDocument.of(text));
      return said;
    }

    @Override
    public void say(String id, String text) {
      jira.addComment(id, "ada", said(text));
    }

    @Override
    public void sayAsOutsider(String id, String text) {
      jira.addComment(id, "customer-eve", said(text));
    }

    @Override
    public String stateOf(String id) {
      return jira.statusOf(id);
    }

    @Override
    public List<String> commentsOn(String id) {
      return jira.comments(id).stream().map(it -> AtlassianText.of(it.path("body"))).toList();
    }

    @Override
    public void copiedByAStranger(String id) {
      var ours = List.copyOf(jira.comments(id));
      jira.comments(id).clear();
      ours.forEach(it -> jira.addComment(id, "id-of-Eve", it));
    }

    @Override
    public void somebodySays(String id, String text) {
      var said = FakeRest.object();
      said.set("body", AtlassianDocument.of(text));
      jira.addComment(id, "id-of-Eve", said);
    }

    @Override
    public List<String> linksOn(String id) {
      return jira.links(id).values().stream().map(it -> it.at("/object/url").asText()).toList();
    }

    @Override
    public void close() {
      network.close();
      jira.close();
      assertThat(jira.mistakes).isEmpty();
    }
  }
}

package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

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

final class AsanaBoardTest extends RemoteBoardContract {
  @Override
  BoardWorld.Remote open() {
    return new AsanaWorld();
  }

  @Override
  String kind() {
    return "asana";
  }

  @Test
  void only_the_sections_asked_for_are_read_and_sections_are_listed_once() {
    asana().task("One", "To do");
    asana().task("Over", "Done");

    assertThat(titles(got(board().inStates(List.of("to do"))))).containsExactly("One");
    assertThat(titles(got(board().inStates(List.of("To do", "Review"))))).containsExactly("One");

    assertThat(remote().server().asked())
        .extracting(FakeTracker.Asked::path)
        .containsExactly(
            "/api/1.0/projects/" + FakeAsana.PROJECT + "/sections",
            "/api/1.0/tasks",
            "/api/1.0/tasks",
            "/api/1.0/tasks");
  }

  @Test
  void what_was_finished_long_ago_in_a_section_of_work_is_not_read_again() {
    asana().task("Open", "To do");
    asana()
        .task(asana().task("Long over", "To do"))
        .put("completed", true)
        .put("completed_at", "2026-02-01T00:00:00Z");

    assertThat(titles(got(board().inStates(List.of("To do"))))).containsExactly("Open");
  }

  @Test
  void a_section_that_was_renamed_is_found_under_its_new_name() {
    asana().task("One", "To do");
    got(board().inStates(List.of("To do")));
    asana().renameSection("To do", "Ready");

    assertThat(got(board().inStates(List.of("To do")))).isEmpty();
    assertThat(titles(got(board().inStates(List.of("Ready"))))).containsExactly("One");
  }

  @Test
  void a_board_without_a_change_for_a_day_is_not_read_as_a_whole() {
    tickets(2 * FakeAsana.PER_PAGE);
    clock().pass(Duration.ofDays(1));
    remote().server().forget();

    var mark = changes(null).mark();
    assertThat(changes(mark).issues()).isEmpty();
    world.ticket("New", "To do");

    assertThat(titles(changes(mark).issues())).containsExactly("New");
    assertThat(remote().server().asked()).hasSize(3);
  }

  @Test
  void a_task_waits_for_what_it_depends_on() {
    var first = asana().task("First", "In progress");
    var second = asana().task("Second", "To do");
    asana().block(first, second);

    var waiting = got(board().withIds(List.of(second))).getFirst();
    asana().task(first).put("completed", true);
    var free = got(board().withIds(List.of(second))).getFirst();

    assertThat(waiting.standing().dispatchable()).isFalse();
    assertThat(waiting.standing().blockedBy())
        .containsExactly(new Issue.Blocker(first, "ASANA-" + first, "In progress"));
    assertThat(free.standing().dispatchable()).isTrue();
  }

  @Test
  void a_field_called_priority_is_the_priority_whatever_its_kind() {
    priority("By name").putObject("enum_value").put("name", "High");
    priority("By number").put("number_value", 1);
    priority("By nothing").putNull("enum_value");

    assertThat(got(board().inStates(List.of("To do"))))
        .extracting(it -> it.priority())
        .containsExactly(2, 1, 0);
  }

  private com.fasterxml.jackson.databind.node.ObjectNode priority(String task) {
    return asana()
        .task(asana().task(task, "To do"))
        .withArray("custom_fields")
        .addObject()
        .put("gid", "1")
        .put("name", "Priority");
  }

  @Test
  void a_task_that_nobody_with_an_account_created_is_a_strangers() {
    asana().task(asana().task("From somewhere", "To do")).putNull("created_by");

    assertThat(got(board().inStates(List.of("To do"))).getFirst().standing().author().trust())
        .isEqualTo(Trust.OUTSIDER);
  }

  @Test
  void a_move_to_a_section_that_is_not_there_names_those_that_are() {
    var task = asana().task("One", "To do");

    var refused = fault(board().move(task, "Reviewed"));

    assertThat(refused.category()).isEqualTo(Category.CONFIG);
    assertThat(refused.code()).isEqualTo("asana_unknown_state");
    assertThat(refused.reason()).contains("'Reviewed'", "To do, In progress, Review, Done");
  }

  @Test
  void a_state_that_is_no_section_is_told() {
    assertThat(got(board().unknownStates())).isEmpty();
    asana().renameSection("Done", "Over");

    assertThat(got(board().unknownStates())).containsExactly("Done");
  }

  private FakeAsana asana() {
    return ((AsanaWorld) world).asana;
  }

  private Networks.Hands clock() {
    return ((AsanaWorld) world).clock;
  }

  /// An Asana with one project of ours.
  static final class AsanaWorld implements BoardWorld.Remote {
    final Networks.Hands clock;
    final FakeAsana asana;
    private final BoardNetwork network;
    private final Board board;

    AsanaWorld() {
      this(new Networks.Hands());
    }

    AsanaWorld(Networks.Hands clock) {
      this.clock = clock;
      this.asana = new FakeAsana(clock);
      this.network = Networks.with(Duration.ofSeconds(30), clock);
      this.board = board(network);
    }

    @Override
    public Board board() {
      return board;
    }

    @Override
    public Board board(BoardNetwork other) {
      return ((MadeBoard.Ready) AsanaBoard.make(settings(), Map.of(), other)).board();
    }

    @Override
    public BoardSettings settings() {
      return settings(provider(asana));
    }

    static Map<String, Object> provider(FakeAsana asana) {
      return Map.of(
          "endpoint", asana.address() + "/api/1.0",
          "api_key", FakeAsana.TOKEN,
          "project_gid", FakeAsana.PROJECT);
    }

    static BoardSettings settings(Map<String, Object> provider) {
      return Given.settings("asana", provider, List.of("To do", "In progress"), List.of("Done"));
    }

    @Override
    public FakeTracker server() {
      return asana;
    }

    @Override
    public String secret() {
      return FakeAsana.TOKEN;
    }

    @Override
    public int perPage() {
      return FakeAsana.PER_PAGE;
    }

    @Override
    public String todo() {
      return "To do";
    }

    @Override
    public String doing() {
      return "In progress";
    }

    @Override
    public String done() {
      return "Done";
    }

    @Override
    public String ticket(String title, String state) {
      return asana.task(title, state);
    }

    @Override
    public void rename(String id, String title) {
      asana.task(id).put("name", title);
      asana.touch(id);
    }

    @Override
    public void hide(String id) {
      asana.delete(id);
    }

    @Override
    public void say(String id, String text) {
      asana.say(id, "8", text);
    }

    @Override
    public void sayAsOutsider(String id, String text) {
      asana.say(id, "9", text).remove("created_by");
    }

    @Override
    public String stateOf(String id) {
      return asana.sectionOf(id);
    }

    @Override
    public List<String> commentsOn(String id) {
      return asana.stories(id).stream()
          .map(it -> it.path("text").asText().replaceFirst("\\s*\\[millwright: .*]$", ""))
          .toList();
    }

    @Override
    public void copiedByAStranger(String id) {
      var ours = List.copyOf(asana.stories(id));
      asana.stories(id).clear();
      ours.forEach(it -> somebodySays(id, it.path("text").asText()));
    }

    @Override
    public void somebodySays(String id, String text) {
      asana.say(id, "1", text);
    }

    @Override
    public List<String> linksOn(String id) {
      return commentsOn(id).stream()
          .flatMap(String::lines)
          .map(it -> it.replaceFirst(".*: (?=https:)", ""))
          .toList();
    }

    @Override
    public void close() {
      network.close();
      asana.close();
      assertThat(asana.mistakes).isEmpty();
    }
  }
}

package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.BoardContract.fault;
import static dev.millwright.triage.adapter.board.BoardContract.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.triage.adapter.board.AsanaBoardTest.AsanaWorld;
import dev.millwright.triage.adapter.board.GitlabBoardTest.GitlabWorld;
import dev.millwright.triage.adapter.board.JiraBoardTest.JiraWorld;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Symphony's lines about trackers, for GitLab, Jira and Asana; `SymphonyTrackersTest` has the
/// others.
class SymphonyRestTrackersTest {
  @Nested
  class Gitlab extends SymphonyTrackerLinesTest<GitlabWorld> {
    Gitlab() {
      super(new GitlabWorld());
    }

    @Test
    void C194_the_path_of_a_project_is_one_encoded_segment() {
      got(world.board().inStates(List.of("Todo")));

      assertThat(world.gitlab.asked().getFirst().path())
          .isEqualTo("/api/v4/projects/acme%2Fweb%2Forders/issues");
    }

    @Test
    void C194_states_are_opened_closed_or_both() {
      var board =
          ((MadeBoard.Ready)
                  GitlabBoard.make(
                      Given.settings(
                          "gitlab",
                          GitlabWorld.provider(world.gitlab),
                          List.of("opened"),
                          List.of("closed")),
                      Map.of(),
                      Networks.PATIENT))
              .board();
      for (var states :
          List.of(List.of("opened"), List.of("closed"), List.of("opened", "closed"))) {
        got(board.inStates(states));
      }
      got(board.inStates(List.of("merged")));

      assertThat(world.gitlab.asked())
          .extracting(it -> it.query().replaceAll(".*state=(\\w+).*", "$1"))
          .containsExactly("opened", "closed", "all");
    }

    @Test
    void C194_a_ticket_goes_by_the_number_people_see() {
      var issue = one(world.gitlab.issue("One", "todo"));

      assertThat(issue.ref().id()).isEqualTo("1");
      assertThat(issue.ref().identifier()).isEqualTo("GL-1");
      assertThat(issue.ref().nativeRef())
          .containsOnlyKeys("id", "iid", "project_id", "project_path");
      assertThat(world.board().keyOf(issue).value()).isEqualTo("gitlab:acme/web/orders#1");
    }

    @Test
    void C194_the_secret_has_three_names() {
      for (var name : List.of("GITLAB_PAT", "GITLAB_ACCESS_TOKEN")) {
        assertThat(categories(Map.of("api_key", "$NOWHERE"), Map.of(name, "glpat-x"))).isEmpty();
      }
      assertThat(categories(Map.of("api_key", "$MINE"), Map.of("MINE", "glpat-x"))).isEmpty();
      assertThat(categories(Map.of("api_key", "$MINE"), Map.of())).containsExactly(Category.SECRET);
    }

    @Override
    void spoil(String id) {
      world.gitlab.issue(Integer.parseInt(id)).remove("title");
      world.gitlab.mayBeOdd = true;
    }

    @Override
    void confuse(String id) {
      var issue = world.gitlab.issue(Integer.parseInt(id));
      issue.put("description", 7).put("assignees", "nobody").put("web_url", "javascript:x");
      world.gitlab.mayBeOdd = true;
    }

    @Override
    void label(String id, String... labels) {
      var all = new ArrayList<>(List.of(labels));
      all.add("todo");
      var nodes = all.stream().map(FakeRest.JSON::textNode).toList();
      world.gitlab.issue(Integer.parseInt(id)).set("labels", FakeRest.array(nodes));
    }

    @Override
    MadeBoard make(Map<String, Object> changes, Map<String, String> environment) {
      var provider = with(GitlabWorld.provider(world.gitlab), changes);
      return GitlabBoard.make(GitlabWorld.settings(provider), environment, Networks.PATIENT);
    }

    @Override
    List<String> keys() {
      return List.of("api_url", "api_key", "project_path");
    }
  }

  @Nested
  class Jira extends SymphonyTrackerLinesTest<JiraWorld> {
    Jira() {
      super(new JiraWorld());
    }

    @Test
    void C195_a_search_names_the_project_and_the_states_and_follows_the_tokens() {
      for (int i = 0; i < FakeJira.PER_PAGE + 1; i++) {
        world.ticket("Ticket " + i, "To Do");
      }

      assertThat(got(world.board().inStates(List.of("To Do", "In Progress"))))
          .hasSize(FakeJira.PER_PAGE + 1);

      assertThat(world.jira.asked()).hasSize(2);
      assertThat(world.jira.asked().getFirst().body())
          .contains("project = \\\"ABC\\\" AND status IN (\\\"To Do\\\", \\\"In Progress\\\")");
      assertThat(world.jira.asked().getLast().body()).contains("\"nextPageToken\":\"t10\"");
    }

    @Test
    void C195_101_ids_are_two_questions_and_what_left_the_project_is_dropped() {
      var ids = new ArrayList<String>();
      for (int i = 0; i < 101; i++) {
        ids.add(world.ticket("Ticket " + i, "To Do"));
      }
      world.jira.fields(ids.getFirst()).putObject("project").put("key", "XYZ");

      assertThat(got(world.board().withIds(ids)))
          .extracting(it -> it.ref().id())
          .containsExactlyElementsOf(ids.subList(1, 101));

      assertThat(world.jira.asked())
          .extracting(FakeTracker.Asked::path)
          .containsExactly("/rest/api/3/issue/bulkfetch", "/rest/api/3/issue/bulkfetch");
    }

    @Test
    void C195_a_document_becomes_text() {
      var id = world.ticket("Written", "To Do");
      world.jira.fields(id).set("description", AtlassianDocument.of("# Why\n\n- one\n- two"));

      assertThat(one(id).words().description()).isEqualTo("# Why\n\n- one\n- two");
    }

    @Test
    void C196_only_what_is_new_waits_and_only_until_every_blocker_is_over() {
      world.jira.status("Selected", "new");
      var blocker = world.ticket("First", "In Progress");
      var waiting = world.ticket("Waiting", "Selected");
      var begun = world.ticket("Begun", "In Progress");
      world.jira.block(blocker, waiting);
      world.jira.block(blocker, begun);

      assertThat(one(waiting).standing().dispatchable()).isFalse();
      assertThat(one(begun).standing().dispatchable()).isTrue();
      assertThat(one(blocker).standing().dispatchable()).isTrue();
      assertThat(one(blocker).standing().blockedBy()).isEmpty();
      assertThat(one(waiting).standing().blockedBy())
          .containsExactly(new Issue.Blocker(blocker, "ABC-1", "In Progress"));

      var over = world.ticket("Over", "Done");
      var free = world.ticket("Free", "To Do");
      world.jira.block(over, free);
      assertThat(one(free).standing().dispatchable()).isTrue();
    }

    @Test
    void C197_more_pages_without_a_token_are_a_fault() {
      world.server().next(FakeTracker.say(200, "{\"issues\": [], \"isLast\": false}"));

      var fault = fault(world.board().inStates(List.of("To Do")));

      assertThat(fault.category()).isEqualTo(Category.PAGINATION);
      assertThat(fault.code()).isEqualTo("jira_missing_next_page_token");
    }

    @Override
    void spoil(String id) {
      world.jira.fields(id).putNull("summary");
    }

    @Override
    void confuse(String id) {
      var fields = world.jira.fields(id);
      fields.put("description", 7).put("assignee", "nobody").put("issuelinks", 3);
      fields.putArray("priority").add(1);
    }

    @Override
    void label(String id, String... labels) {
      List.of(labels).forEach(world.jira.fields(id).withArray("labels")::add);
    }

    @Override
    MadeBoard make(Map<String, Object> changes, Map<String, String> environment) {
      var provider = with(JiraWorld.provider(world.jira), changes);
      return JiraBoard.make(JiraWorld.settings(provider), environment, Networks.PATIENT);
    }

    @Override
    List<String> keys() {
      return List.of("base_url", "api_token", "project_key");
    }
  }

  @Nested
  class Asana extends SymphonyTrackerLinesTest<AsanaWorld> {
    Asana() {
      super(new AsanaWorld());
    }

    @Test
    void C198_the_section_in_our_project_is_the_state() {
      var id = world.ticket("Twice at home", "To do");
      var memberships = world.asana.task(id).withArray("memberships");
      var other = memberships.insertObject(0);
      other.putObject("project").put("gid", "99");
      other.putObject("section").put("gid", "98").put("name", "Elsewhere");

      assertThat(one(id).state()).isEqualTo("To do");
      assertThat(one(id).ref().identifier()).isEqualTo("ASANA-" + id);
      assertThat(one(id).ref().nativeRef())
          .containsOnlyKeys("task_gid", "project_gid", "section_gid");
      assertThat(world.board().keyOf(one(id)).value()).isEqualTo("asana:" + id);
    }

    @Test
    void C198_what_is_finished_or_a_headline_is_no_work() {
      var finished = task("Finished");
      finished.put("completed", true).put("completed_at", world.clock.instant().toString());
      task("A headline").put("resource_subtype", "section");
      task("Another").put("is_rendered_as_separator", true);
      task("Work");

      assertThat(got(world.board().inStates(List.of("To do"))))
          .extracting(it -> it.standing().dispatchable())
          .containsExactly(false, false, false, true);
    }

    @Test
    void C198_pages_follow_offsets() {
      for (int i = 0; i < FakeAsana.PER_PAGE + 1; i++) {
        world.ticket("Ticket " + i, "To do");
      }

      assertThat(got(world.board().inStates(List.of("To do")))).hasSize(FakeAsana.PER_PAGE + 1);

      assertThat(world.asana.asked().getLast().query()).contains("offset=eyJ010");
    }

    private ObjectNode task(String name) {
      return world.asana.task(world.asana.task(name, "To do"));
    }

    @Override
    void spoil(String id) {
      world.asana.task(id).putNull("name");
      world.asana.mayBeOdd = true;
    }

    @Override
    void confuse(String id) {
      var task = world.asana.task(id);
      task.put("notes", 7).put("assignee", "nobody").put("dependencies", 3);
      task.put("custom_fields", "none");
      world.asana.mayBeOdd = true;
    }

    @Override
    void label(String id, String... labels) {
      var tags = world.asana.task(id).withArray("tags");
      List.of(labels).forEach(it -> tags.addObject().put("gid", "5").put("name", it));
    }

    @Override
    MadeBoard make(Map<String, Object> changes, Map<String, String> environment) {
      var provider = with(AsanaWorld.provider(world.asana), changes);
      return AsanaBoard.make(AsanaWorld.settings(provider), environment, Networks.PATIENT);
    }

    @Override
    List<String> keys() {
      return List.of("endpoint", "api_key", "project_gid");
    }
  }
}

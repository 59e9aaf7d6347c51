package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.domain.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CodexRequestsTest {
  private final List<String> said = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Clerk clerk = new Clerk(new Permissions(List.of("/workspace")), _ -> {});
  private final CodexRequests requests =
      new CodexRequests(clerk, said::add, () -> stopped.set(true));

  @Test
  void commands_and_files_of_the_workspace_are_allowed() throws Exception {
    assertThat(answer("item/commandExecution/requestApproval", "{\"command\": \"make\"}"))
        .hasToString("{\"decision\":\"acceptForSession\"}");
    assertThat(answer("item/fileChange/requestApproval", "{\"itemId\": \"1\"}"))
        .hasToString("{\"decision\":\"acceptForSession\"}");
    assertThat(said).isEmpty();
  }

  @Test
  void what_leads_out_is_declined_and_why_is_said_in_the_turn() throws Exception {
    assertThat(
            answer(
                "item/commandExecution/requestApproval",
                "{\"command\": \"curl\", \"networkApprovalContext\": {\"host\": \"example.com\"}}"))
        .hasToString("{\"decision\":\"decline\"}");
    assertThat(answer("item/fileChange/requestApproval", "{\"grantRoot\": \"/etc\"}"))
        .hasToString("{\"decision\":\"decline\"}");
    assertThat(answer("item/permissions/requestApproval", "{\"permissions\": {\"x\": 1}}"))
        .hasToString("{\"scope\":\"turn\",\"permissions\":{}}");
    assertThat(said).hasSize(3).first().asString().contains("no network");
  }

  @Test
  void what_a_server_wants_filled_in_is_a_question_and_leave_for_a_tool_is_not() throws Exception {
    assertThat(
            answer(
                "mcpServer/elicitation/request",
                "{\"_meta\": {\"codex_approval_kind\": \"mcp_tool_call\"}}"))
        .hasToString("{\"action\":\"accept\",\"content\":{}}");
    assertThat(stopped).isFalse();

    assertThat(answer("mcpServer/elicitation/request", "{\"message\": \"Which account?\"}"))
        .hasToString("{\"action\":\"cancel\",\"content\":{}}");
    assertThat(stopped).isTrue();
    assertThat(clerk.end(new TurnEnd.Interrupted())).isEqualTo(new TurnEnd.Asks("Which account?"));
  }

  private JsonNode answer(String method, String params) throws Exception {
    return requests.answer(method, new JsonMapper().readTree(params)).orElseThrow();
  }
}

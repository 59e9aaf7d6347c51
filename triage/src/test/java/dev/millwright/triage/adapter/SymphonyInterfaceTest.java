package dev.millwright.triage.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Api;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.HttpSettings;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Tokens;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.DatabaseAway;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.triage.port.Boards;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Symphony's lines about its HTTP interface, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SymphonyInterfaceTest {
  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "symphony-test");
  private final HttpClient client = HttpClient.newHttpClient();
  private Tickets tickets = new Tickets();
  private HttpServer.Bound server;

  @BeforeAll
  void start() {
    var routes =
        new SymphonyRoutes(
            new SymphonyRoutes.Sources(
                () -> tickets.tracked(),
                new AskedBoards(),
                tickets.activity,
                tickets,
                () -> Tickets.USED),
            Path.of("/data/workspaces"),
            () -> "http://factory",
            Clock.fixed(Tickets.NOW, ZoneOffset.UTC));
    var endpoints = new ArrayList<>(List.of(pausing()));
    endpoints.addAll(routes.endpoints());
    var parts =
        new HttpServer.Parts(
            new HttpSettings("127.0.0.1", 0, null, Tokens.none()),
            new Api("test", endpoints),
            new Traffic(),
            new EventStream());
    server = HttpServer.start(system, parts).toCompletableFuture().join();
  }

  /// One of Millwright's own, which Symphony's must leave alone.
  private static Endpoint pausing() {
    return new Endpoint(
        Operation.operate(
            "/api/v1/pause",
            "operate",
            "Pause",
            new Operation.Body("application/json", SymphonyView.Nothing.class, false)),
        _ -> CompletableFuture.completedFuture(dev.millwright.shared.http.Answers.plain("ours")));
  }

  @BeforeEach
  void forget() {
    tickets.clear();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop().toCompletableFuture().join();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get();
  }

  /// Boards that are asked, or away.
  private final class AskedBoards implements Boards {
    @Override
    public CompletableFuture<Refresh> refresh(@org.jspecify.annotations.Nullable String board) {
      return tickets.away
          ? CompletableFuture.failedFuture(new IllegalStateException("nobody looks"))
          : CompletableFuture.completedFuture(
              new Refresh(tickets.asked++ > 0, Tickets.NOW.plusMillis(250)));
    }

    @Override
    public CompletableFuture<List<Standing>> standing() {
      return CompletableFuture.completedFuture(List.of());
    }
  }

  @Test
  void C149_state_has_rows_of_what_runs_is_retried_and_is_blocked() throws Exception {
    tickets.running("ABC-1", Stage.CODEGEN);
    tickets.works("ABC-1");
    tickets.retried("ABC-2", 2);
    tickets.waiting("ABC-3", WaitingOn.ANSWER, "Which account?");
    tickets.waiting("ABC-4", WaitingOn.REVIEW, "review it");

    var state = get(200, "/api/v1/state");

    assertThat(names(state))
        .containsExactly(
            "generated_at",
            "counts",
            "running",
            "retrying",
            "blocked",
            "codex_totals",
            "rate_limits");
    assertThat(state.path("counts")).hasToString("{\"running\":1,\"retrying\":1,\"blocked\":1}");
    var running = state.at("/running/0");
    assertThat(names(running))
        .contains("issue_id", "issue_identifier", "state", "session_id", "turn_count", "last_event")
        .contains("last_message", "started_at", "last_event_at", "tokens", "workspace_path");
    assertThat(running.path("issue_identifier").asText()).isEqualTo("ABC-1");
    assertThat(running.path("state").asText()).isEqualTo("In Progress");
    assertThat(running.path("session_id").asText()).isEqualTo("thread-turn");
    assertThat(running.path("turn_count").asInt()).isEqualTo(1);
    assertThat(running.path("last_event").asText()).isEqualTo("message");
    assertThat(running.path("last_message").asText()).isEqualTo("looking [31m around");
    assertThat(running.path("workspace_path").asText())
        .isEqualTo("/data/workspaces/linear-abc-1/g3");
    assertThat(running.path("tokens"))
        .hasToString("{\"input_tokens\":100,\"output_tokens\":20,\"total_tokens\":120}");
    assertThat(state.at("/blocked/0/error").asText()).isEqualTo("Which account?");
  }

  @Test
  void C91_a_retry_shows_its_number_when_it_is_due_and_why() throws Exception {
    tickets.retried("ABC-2", 2);

    var row = get(200, "/api/v1/state").at("/retrying/0");

    assertThat(row.path("attempt").asInt()).isEqualTo(2);
    assertThat(row.path("due_at").asText()).isEqualTo("2026-01-01T00:01:40Z");
    assertThat(row.path("error").asText()).isEqualTo("codex port_exit: exit code 3");
    assertThat(row.path("issue_identifier").asText()).isEqualTo("ABC-2");
  }

  @Test
  void C93_a_question_is_blocked_and_never_stalled() throws Exception {
    tickets.waiting("ABC-3", WaitingOn.ANSWER, "Which account?");

    var state = get(200, "/api/v1/state");

    assertThat(state.path("retrying")).isEmpty();
    assertThat(state.at("/blocked/0/issue_identifier").asText()).isEqualTo("ABC-3");
  }

  @Test
  void C94_what_ended_attempts_used_is_in_the_totals() throws Exception {
    assertThat(get(200, "/api/v1/state").path("codex_totals"))
        .hasToString(
            "{\"input_tokens\":1000,\"output_tokens\":200,\"total_tokens\":1200,"
                + "\"seconds_running\":90.0}");
  }

  @Test
  void C147_seconds_running_has_those_of_sessions_that_run() throws Exception {
    tickets.running("ABC-1", Stage.CODEGEN);
    tickets.works("ABC-1");

    assertThat(get(200, "/api/v1/state").path("codex_totals"))
        .hasToString(
            "{\"input_tokens\":1100,\"output_tokens\":220,\"total_tokens\":1320,"
                + "\"seconds_running\":150.123}");
  }

  @Test
  void C150_one_issue_has_everything_about_it() throws Exception {
    tickets.running("ABC-1", Stage.CODEGEN);
    tickets.works("ABC-1");

    var issue = get(200, "/api/v1/ABC-1");

    assertThat(names(issue))
        .containsExactly(
            "issue_identifier",
            "issue_id",
            "status",
            "workspace",
            "attempts",
            "running",
            "retry",
            "blocked",
            "logs",
            "recent_events",
            "last_error",
            "tracked");
    assertThat(issue.path("status").asText()).isEqualTo("running");
    assertThat(issue.at("/workspace/path").asText()).isEqualTo("/data/workspaces/linear-abc-1/g3");
    assertThat(issue.path("retry").isNull()).isTrue();
    assertThat(issue.at("/recent_events"))
        .extracting(event -> event.path("event").asText())
        .containsExactly("session_started", "message");
    assertThat(issue.at("/logs/codex_session_logs/0/url").asText())
        .isEqualTo("http://factory/api/v1/items/linear-abc-1/transcript");
    assertThat(issue.at("/tracked/item_id").asText()).isEqualTo("linear-abc-1");
  }

  @Test
  void C151_restarts_are_one_less_than_attempts() throws Exception {
    tickets.retried("ABC-2", 3);
    tickets.retried("ABC-5", 0);

    assertThat(get(200, "/api/v1/ABC-2").path("attempts"))
        .hasToString("{\"restart_count\":2,\"current_retry_attempt\":3}");
    assertThat(get(200, "/api/v1/ABC-5").path("attempts"))
        .hasToString("{\"restart_count\":0,\"current_retry_attempt\":0}");
    assertThat(get(200, "/api/v1/ABC-5").path("last_error").asText())
        .isEqualTo("no available orchestrator slots");
  }

  @Test
  void C152_what_nobody_knows_is_not_found() throws Exception {
    refused(get("/api/v1/ABC-99"), 404, "issue_not_found");
    refused(get("/api/v1/a%2F..%2Fb"), 404, "issue_not_found");
    refused(get("/api/v2/state"), 404, "not_found");
    refused(get("/api/v1/ABC-1/more"), 404, "not_found");
  }

  @Test
  void C153_a_wrong_method_on_a_path_that_is_known_is_said() throws Exception {
    refused(post("/api/v1/state", "application/json", "{}"), 405, "method_not_allowed");
    refused(post("/api/v1/ABC-1", "application/json", "{}"), 405, "method_not_allowed");
    refused(get("/api/v1/refresh"), 405, "method_not_allowed");
    refused(get("/api/v1/pause"), 405, "method_not_allowed");
    assertThat(get("/api/v1/refresh").headers().firstValue("Allow")).contains("POST");
    assertThat(post("/api/v1/pause", "application/json", "{}").body()).isEqualTo("ours");
  }

  @Test
  void C154_a_refresh_is_asked_for_also_with_an_empty_form() throws Exception {
    var answer = post("/api/v1/refresh", "application/x-www-form-urlencoded", "");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer))
        .hasToString(
            "{\"queued\":true,\"coalesced\":false,\"requested_at\":\"2026-01-01T00:00:00Z\","
                + "\"operations\":[\"poll\",\"reconcile\"]}");
    assertThat(post("/api/v1/refresh", "application/json", "").statusCode()).isEqualTo(202);
  }

  @Test
  void a_refresh_while_one_is_asked_for_is_the_same_one() throws Exception {
    post("/api/v1/refresh", "application/json", "{}");

    assertThat(
            json(post("/api/v1/refresh", "application/json", "{}")).path("coalesced").asBoolean())
        .isTrue();
  }

  @Test
  void C156_a_refresh_that_nobody_takes_is_said() throws Exception {
    tickets.away = true;

    refused(post("/api/v1/refresh", "application/json", "{}"), 503, "orchestrator_unavailable");
  }

  @Test
  void C157_a_state_nobody_can_tell_is_an_error_of_the_server() throws Exception {
    tickets.failure = new DatabaseAway(new java.sql.SQLException("gone"));

    refused(get("/api/v1/state"), 503, "snapshot_unavailable");
    refused(get("/api/v1/ABC-1"), 503, "snapshot_unavailable");
    assertThat(get("/api/v1/state").body()).doesNotContain("gone");
  }

  @Test
  void C158_times_are_whole_seconds_of_utc() throws Exception {
    tickets.running("ABC-1", Stage.CODEGEN);
    tickets.works("ABC-1");
    tickets.retried("ABC-2", 1);
    tickets.waiting("ABC-3", WaitingOn.ANSWER, "Which?");

    var state = get(200, "/api/v1/state");

    for (var at :
        List.of(
            "/generated_at",
            "/running/0/started_at",
            "/running/0/last_event_at",
            "/retrying/0/due_at",
            "/blocked/0/blocked_at")) {
      assertThat(state.at(at).asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }
  }

  @Test
  void C162_an_address_that_is_none_is_an_error_at_the_start() {
    var parts =
        new HttpServer.Parts(
            new HttpSettings("no.such.host.invalid", 0, null, Tokens.none()),
            new Api("test", List.of()),
            new Traffic(),
            new EventStream());

    assertThat(HttpServer.start(system, parts).toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(HttpServer.CannotListen.class);
  }

  @Test
  void what_a_provider_says_about_its_limits_is_shown_as_it_was_said() throws Exception {
    assertThat(get(200, "/api/v1/state").path("rate_limits").isNull()).isTrue();

    tickets.running("ABC-1", Stage.CODEGEN);
    tickets.limits("{\"limit_id\":\"codex\",\"primary\":{\"used_percent\":20}}");

    assertThat(get(200, "/api/v1/state").path("rate_limits"))
        .hasToString("{\"limit_id\":\"codex\",\"primary\":{\"used_percent\":20}}");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  private JsonNode get(int status, String path) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(at(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    var request = at(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
    assertThat(json(answer).at("/error/message").asText()).isNotBlank();
  }
}

package dev.millwright.monitoring.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.monitoring.adapter.SandboxProbe;
import dev.millwright.monitoring.domain.Monitoring;
import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringStageTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HEALTHY = "test -e app.txt";

  private final Path folder;
  private final SandboxProbe probe;
  private final String landed;

  MonitoringStageTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    var remote = folder.resolve("remote");
    git(folder, "init", "-q", "-b", "main", remote.toString());
    Files.writeString(remote.resolve("app.txt"), "poison\n");
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "land");
    this.landed = git(remote, "rev-parse", "HEAD");
    var data = Files.createDirectories(folder.resolve("data"));
    var mirrors = new Mirrors(data);
    var mirror = mirrors.mirror("orders", remote.toString());
    mirror.refresh();
    var sandbox =
        switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
          case Detection.Available(var found) -> found;
          case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
        };
    this.probe =
        new SandboxProbe(
            name -> name.equals("orders") ? Optional.of(mirror) : Optional.empty(),
            new Workspaces(data, mirrors),
            sandbox,
            data.resolve("probes"));
  }

  @Test
  void a_change_is_watched_for_its_window_and_holds_no_slot_in_between() throws Exception {
    var first = work(landedItem("orders"));

    var watching = run(first, HEALTHY, NOON);
    var second = first.again(first.context().with(Stage.MONITORING, part(watching)));
    var over = run(second, HEALTHY, NOON.plusSeconds(60));

    assertThat(watching.outcome())
        .isEqualTo(
            new Outcome.Wait(
                WaitingOn.TIME, "watching until 2026-03-01T12:01:00Z", Duration.ofSeconds(20)));
    assertThat(over.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(part(over))
        .isEqualTo(
            new Aftercare("healthy after 2 probes", true, 2, NOON.plus(Duration.ofMinutes(1))));
    assertThat(over.raised()).isEmpty();
  }

  @Test
  void a_crash_in_the_middle_of_the_window_does_not_start_it_anew() throws Exception {
    var first = work(landedItem("orders"));
    run(first, HEALTHY, NOON);

    var resumed = run(first.again(first.context()), HEALTHY, NOON.plusSeconds(30));

    assertThat(part(resumed).watchedUntil()).isEqualTo(NOON.plusSeconds(60));
    assertThat(resumed.outcome().reason()).contains("12:01:00Z");
  }

  @Test
  void a_regression_is_a_signal_of_the_same_item_and_goes_back_to_triage() throws Exception {
    var work = work(landedItem("orders"));

    var result = run(work, "! grep poison app.txt", NOON);

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.SendBack.class,
            sent -> {
              assertThat(sent.to()).isEqualTo(Stage.TRIAGE);
              assertThat(sent.reason()).contains("exited with 1", "poison");
              assertThat(sent.diagnostics()).hasSize(1);
            });
    assertThat(part(result).healthy()).isFalse();
    var signal = result.raised().getFirst();
    assertThat(signal.key()).isEqualTo(work.context().signal().key());
    assertThat(signal.source()).isEqualTo(Monitoring.SOURCE);
    assertThat(signal.author().trust()).isEqualTo(Author.Trust.MACHINE);
    assertThat(signal.request().title()).isEqualTo("Sell more");
    assertThat(signal.request().body())
        .startsWith("Please.\n\nRegression after landing as " + landed);
    assertThat(signal.facts()).as("what a recipe was told").isEmpty();
  }

  @Test
  void an_attempt_lost_after_it_said_so_says_the_same_again() throws Exception {
    var work = work(landedItem("orders"));
    var signal = run(work, "false", NOON).raised().getFirst();

    var again = run(work.again(work.context().with(signal)), "false", NOON);

    assertThat(again.raised()).containsExactly(signal);
  }

  @Test
  void an_address_must_answer_with_success() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/well", exchange -> answer(exchange, 204));
    server.createContext("/ill", exchange -> answer(exchange, 500));
    server.start();
    var address = "http://127.0.0.1:" + server.getAddress().getPort();
    var item = landedItem("orders");

    var well = run(work(item), address + "/well", NOON);
    var ill = run(work(item), address + "/ill", NOON);
    server.stop(0);
    var gone = run(work(item), address + "/well", NOON);

    assertThat(well.outcome()).isInstanceOf(Outcome.Wait.class);
    assertThat(ill.outcome().reason()).contains("/ill answered 500");
    assertThat(gone.outcome()).isInstanceOf(Outcome.SendBack.class);
    assertThat(gone.outcome().reason()).contains("did not answer");
  }

  @Test
  void a_probe_that_cannot_be_made_says_nothing_about_the_change() throws Exception {
    var result = run(work(landedItem("nowhere")), HEALTHY, NOON);

    assertThat(result.outcome()).isInstanceOf(Outcome.Retry.class);
    assertThat(result.outcome().reason()).contains("no repository nowhere");
    assertThat(result.raised()).isEmpty();
  }

  @Test
  void what_nobody_said_how_to_watch_is_not_claimed_to_be_healthy_by_a_probe() throws Exception {
    var result = run(work(landedItem("orders")), "", NOON);

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(part(result)).isEqualTo(new Aftercare("not watched", true, 0, NOON));
  }

  private StageResult run(ScriptedAssignment work, String what, Instant now) throws Exception {
    var watch = new AftercareSettings(what, Duration.ofMinutes(1), Duration.ofSeconds(20));
    var watches = what.isBlank() ? List.<AftercareSettings>of() : List.of(watch);
    return new MonitoringStage(_ -> watches, probe, Clock.fixed(now, ZoneOffset.UTC)).run(work);
  }

  private ScriptedAssignment work(Context context) {
    return ScriptedAssignment.of(Stage.MONITORING, context, folder);
  }

  private static Aftercare part(StageResult result) {
    return (Aftercare) Objects.requireNonNull(result.part());
  }

  private Context landedItem(String repo) {
    var signal =
        new Signal(
            new SignalKey("task:7"),
            "cli",
            new Author("kim", Author.Trust.OPERATOR),
            new Request("Sell more", "Please.", null, List.of(), 0, repo, null),
            Map.of("recipe", "more"),
            null);
    var contract =
        new Contract(
            "sell more",
            new Contract.Boundary(List.of(), List.of(), 40, 2000),
            new Contract.Environment(List.of(), Map.of()),
            List.of(),
            Contract.Deliverable.PULL_REQUEST,
            new Contract.Route(repo, "main", "shell", Kind.CHORE),
            new Contract.Judgement("asked for", 0.9));
    return Context.of(signal)
        .with(Stage.TRIAGE, contract)
        .with(Stage.RELEASE, new Proposal("local", "1", null, landed, landed, ""));
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status)
      throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static String git(Path where, String... words) throws IOException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(where.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
    return said.strip();
  }
}

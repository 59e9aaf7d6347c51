package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.running.Cli;
import dev.millwright.app.running.Client;
import dev.millwright.app.running.Home;
import dev.millwright.app.running.ServerProcess;
import dev.millwright.app.running.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A checkout on somebody's machine and a factory that runs: what goes in, and what comes out.
class WorkInAndOutTest {
  @TempDir static Path all;
  private static Home home;
  private static ServerProcess server;
  @TempDir Path folder;
  private Path checkout;
  private Cli cli;

  @BeforeAll
  static void start() {
    home = Home.make(all, TestDatabase.H2, Map.of("slow", "echo one; sleep 6; " + Home.WORKER), "");
    server = ServerProcess.start(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void check() {
    Home.git(folder, "clone", "-q", home.repository().toString(), "checkout");
    checkout = folder.resolve("checkout");
    cli = new Cli(checkout, server.url());
  }

  @Test
  void uncommitted_work_is_handed_over_and_the_checkout_stays_as_it_is() throws IOException {
    Home.git(checkout, "switch", "-q", "-c", "more-items");
    Files.writeString(checkout.resolve("README.md"), "# Orders\n\nThe file `Makefile` checks.\n");
    Files.writeString(checkout.resolve("items/second.txt"), "done\n");
    Home.git(checkout, "add", "items/second.txt");
    var before = Home.git(checkout, "status", "--porcelain=v2", "--branch");

    var ended = cli.run("handoff", "--as-is", "--wait");

    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).contains("README.md", "items/second.txt", "waiting for review");
    assertThat(Home.git(checkout, "status", "--porcelain=v2", "--branch")).isEqualTo(before);
    var item = new Client(server.url()).item(ended.out().strip());
    assertThat(item.path("title").asText()).isEqualTo("more items");
    assertThat(item.path("agent").asText()).isEqualTo("as-is");
    assertThat(item.path("change").path("files").asInt()).isEqualTo(2);
    assertThat(cli.run("diff", ended.out().strip()).out()).contains("+done", "checks.");
    var another = cli.run("approve", ended.out().strip(), "--commit", "0".repeat(40));
    assertThat(another.code()).isNotZero();
    assertThat(another.err()).contains("the change is another one by now");
    assertThat(cli.run("approve", ended.out().strip()).code()).isZero();
    new Client(server.url())
        .await(ended.out().strip(), "is done", it -> it.path("result").asText().equals("done"));
    assertThat(home.git("show", "main:items/second.txt")).isEqualTo("done");
  }

  @Test
  void an_agent_goes_on_from_what_was_handed_over() throws IOException {
    Files.writeString(checkout.resolve("items/mine.txt"), "done\n");

    var ended = cli.run("handoff", "--title", "Finish it", "--agent", "worker", "--wait");

    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(cli.run("diff", ended.out().strip()).out())
        .contains("items/mine.txt", "items/" + ended.out().strip() + ".txt");
  }

  @Test
  void only_a_repository_that_is_known_can_be_paused() {
    assertThat(cli.run("pause", "--repo", "oders").err()).contains("'oders'", "known: orders");

    assertThat(cli.run("pause", "--repo", "orders").code()).isZero();
    var stages = new Client(server.url()).get("/api/v1/stages");
    assertThat(stages.path("paused_repos").toString()).contains("orders");
    assertThat(cli.run("resume", "--repo", "orders").code()).isZero();
    stages = new Client(server.url()).get("/api/v1/stages");
    assertThat(stages.path("paused_repos")).isEmpty();
  }

  @Test
  void without_work_or_a_name_for_it_nothing_is_handed_over() throws IOException {
    assertThat(cli.run("handoff").err()).contains("nothing to hand over");
    Files.writeString(checkout.resolve("new.txt"), "new\n");

    var ended = cli.run("handoff");

    assertThat(ended.code()).isEqualTo(Exit.USED_WRONGLY);
    assertThat(ended.err()).contains("--title").doesNotContain("Exception");
  }

  @Test
  void an_items_branch_is_pulled_and_no_hook_of_the_checkout_runs() throws IOException {
    var id = new Client(server.url()).signal("pulled", "worker");
    new Client(server.url()).awaitReview(id);
    var hook = checkout.resolve(".git/hooks/post-checkout");
    Files.createDirectories(hook.resolveSibling("."));
    Files.writeString(hook, "#!/bin/sh\ntouch " + folder.resolve("hook-ran") + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

    var ended = cli.run("pull", id);

    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(checkout.resolve("items/" + id + ".txt")).hasContent("done");
    assertThat(Home.git(checkout, "branch", "--show-current")).isEqualTo("millwright/" + id);
    assertThat(folder.resolve("hook-ran")).doesNotExist();
    assertThat(cli.run("pull", id).code()).as("once more").isZero();
  }

  @Test
  void pulling_overwrites_nothing() throws IOException {
    var id = new Client(server.url()).signal("kept", "worker");
    new Client(server.url()).awaitReview(id);
    Files.writeString(checkout.resolve("README.md"), "mine\n");

    var refused = cli.run("pull", id);
    var beside = cli.run("pull", id, "../beside");

    assertThat(refused.code()).isEqualTo(Exit.FAILED);
    assertThat(refused.err()).contains("uncommitted work");
    assertThat(checkout.resolve("README.md")).hasContent("mine");
    assertThat(beside.code()).as("%s", beside).isZero();
    var there = folder.resolve("beside");
    assertThat(there.resolve("items/" + id + ".txt")).hasContent("done");

    Home.git(there, "commit", "-q", "--allow-empty", "-m", "mine");
    assertThat(cli.run("pull", id, "../beside").err()).contains("--force");
    assertThat(Home.git(there, "log", "-1", "--format=%s")).isEqualTo("mine");
    assertThat(cli.run("pull", id, "../beside", "--force").code()).isZero();
  }

  @Test
  void a_log_is_followed_over_a_restart_without_a_line_lost_or_said_twice() {
    var id = new Client(server.url()).signal("followed", "slow");
    new Client(server.url()).await(id, "runs", it -> it.path("stage").asText().equals("codegen"));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var follow = CompletableFuture.supplyAsync(() -> cli.run(out, err, "logs", "-f", id));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> out.toString(StandardCharsets.UTF_8).contains("codegen"));

    server.kill();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> err.toString(StandardCharsets.UTF_8).contains("away"));
    server = ServerProcess.start(home, server.url().getPort());

    assertThat(follow.join()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("waiting for review");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(cli.run("logs", id).out());
  }

  @Test
  void a_token_works_at_once_does_what_its_role_may_and_can_be_taken_back() {
    var reader = token("ann", "reader");
    var decider = token("bob", "decider");

    assertThat(cli.run("ls").code()).isEqualTo(Exit.NOT_ALLOWED);
    assertThat(cli.with("MILLWRIGHT_TOKEN", "mw_guess").run("ls").code())
        .isEqualTo(Exit.NOT_ALLOWED);
    assertThat(cli.with("MILLWRIGHT_TOKEN", reader).run("ls").code()).isZero();
    assertThat(cli.with("MILLWRIGHT_TOKEN", reader).run("submit", "x", "--repo", "orders").code())
        .isEqualTo(Exit.NOT_ALLOWED);
    var submitted = cli.with("MILLWRIGHT_TOKEN", decider).run("submit", "x", "--repo", "orders");
    assertThat(submitted.code()).as("%s", submitted).isZero();
    assertThat(cli.with("MILLWRIGHT_TOKEN", decider).run("pause").code())
        .isEqualTo(Exit.NOT_ALLOWED);

    assertThat(house("token", "revoke", "bob").code()).isZero();

    Awaitility.await()
        .until(() -> cli.with("MILLWRIGHT_TOKEN", decider).run("ls").code() == Exit.NOT_ALLOWED);
    assertThat(house("token", "ls").out()).contains("ann").doesNotContain("bob", "mw_");
    assertThat(house("token", "revoke", "ann").err()).contains("nobody on this machine is asked");
    Awaitility.await().until(() -> cli.run("ls").code() == Exit.DONE);
  }

  private String token(String name, String role) {
    var made = house("token", "create", name, "--role", role);
    assertThat(made.code()).as("%s", made).isZero();
    return made.out().strip();
  }

  private Cli.Ended house(String... words) {
    return new Cli(home.folder(), server.url()).run(words);
  }

  @Test
  void an_id_may_be_shortened_until_it_means_two() {
    var client = new Client(server.url());
    client.signal("alpha-1", "worker");
    client.signal("alpha-2", "worker");
    // Beginnings are looked up in the list, which follows the journal.
    Awaitility.await()
        .until(() ->
            cli.run("ls", "-q").out().lines().filter(id -> id.contains("alpha")).count() == 2);

    assertThat(cli.run("show", "task-alpha-2").code()).isZero();
    var two = cli.run("cancel", "task-al");
    assertThat(two.code()).isEqualTo(Exit.USED_WRONGLY);
    assertThat(two.err()).contains("task-alpha-1", "task-alpha-2");
    assertThat(cli.run("show", "task-alpha-").err()).contains("Which one?");
    assertThat(cli.run("show", "nope").err()).contains("millwright ls");
  }
}

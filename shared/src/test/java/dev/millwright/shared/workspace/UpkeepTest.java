package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final Upkeep.Times TIMES =
      new Upkeep.Times(Duration.ofDays(30), Duration.ofDays(7));

  private final Scratch scratch = new Scratch();
  private final Path data = scratch.make("data");
  private final Repository origin = Repository.at(scratch.make("origin"));
  private final String base = origin.file("a", "a\n").commit("Base");
  private final Mirrors mirrors = new Mirrors(data);
  private final Mirror mirror = mirrors.mirror("orders", origin.folder().toString());
  private final Workspaces workspaces = new Workspaces(data, mirrors);
  private final Sandbox sandbox =
      switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
        case Detection.Available(var found) -> found;
        case Detection.Missing(var reason, _) -> abort(reason);
      };

  @AfterEach
  void clean() {
    scratch.close();
  }

  @Test
  void commits_of_a_finished_item_go_when_their_time_is_over() throws Exception {
    var kept = work("item-1");
    var bundle = "refs/millwright/bundles/item-1";
    mirror.updateRef(bundle, kept.commit(), mirror.resolve(bundle));
    var running = work("item-2");

    after(Duration.ofDays(29)).run(TIMES, item -> item.equals("item-1"));
    assertThat(mirror.resolve(kept.ref())).isPresent();

    after(Duration.ofDays(31)).run(TIMES, item -> item.equals("item-1"));
    assertThat(mirror.resolve(kept.ref())).isEmpty();
    assertThat(mirror.resolve(bundle)).isEmpty();
    assertThat(mirror.resolve(running.ref())).isPresent();
    assertThat(mirror.resolve("main")).contains(base);
  }

  @Test
  void a_workspace_nobody_could_empty_goes_with_its_item_and_not_before() {
    mirror.refresh();
    var left = workspaces.create("item-1", 1, mirror, "main");

    after(Duration.ofDays(31)).run(TIMES, _ -> false);
    assertThat(left.folder()).exists();

    after(Duration.ofDays(31)).run(TIMES, _ -> true);
    assertThat(left.folder()).doesNotExist();
  }

  @Test
  void a_home_goes_when_its_item_is_over_and_it_was_not_used_for_long() throws Exception {
    Path home = Files.createDirectories(data.resolve("homes/item-1/codex"));
    Files.writeString(home.resolveSibling("codex.session"), "s");
    Files.createSymbolicLink(home.resolve("out"), origin.folder());

    after(Duration.ofDays(29)).run(TIMES, _ -> true);
    after(Duration.ofDays(31)).run(TIMES, _ -> false);
    assertThat(home).exists();

    after(Duration.ofDays(31)).run(TIMES, _ -> true);
    assertThat(home.resolveSibling("")).doesNotExist();
    assertThat(origin.folder().resolve("a")).exists();
  }

  @Test
  void what_came_half_way_in_is_forgotten_at_the_next_start() {
    mirror.refresh();
    mirror.updateRef("refs/millwright/incoming/items/item-1/1", base, java.util.Optional.empty());

    after(Duration.ZERO).afterCrash();

    assertThat(mirror.refs("refs/millwright/incoming/")).isEmpty();
  }

  @Test
  void a_mirror_is_packed_only_while_nobody_borrows_and_loses_nothing_in_use() throws Exception {
    var kept = work("item-1");
    for (int n = 0; n < 22; n++) {
      origin.file("b" + n, "b" + n).commit("More " + n);
      for (int m = 0; m < 110; m++) {
        origin.file("c" + m, n + " " + m);
      }
      origin.commit("Many " + n);
      mirror.refresh();
    }
    var borrower = workspaces.create("item-2", 1, mirror, "main");
    assertThat(mirror.isScattered()).isTrue();

    after(Duration.ZERO).run(TIMES, _ -> false);
    assertThat(mirror.isScattered()).isTrue();

    workspaces.remove(borrower);
    after(Duration.ZERO).run(TIMES, _ -> false);
    assertThat(mirror.isScattered()).isFalse();
    assertThat(mirror.readFile(kept.commit(), "new")).isPresent();
    assertThat(
            sandbox
                .run(
                    Command.shell("git fsck --connectivity-only"),
                    workspaces.create("item-3", 1, mirror, "main").box())
                .succeeded())
        .isTrue();
  }

  @Test
  void temporary_files_go_only_when_they_are_ours_and_old_and_unused() throws Exception {
    var names = Pattern.compile("mw-\\d+|left-\\d+");
    Path temporary = Files.createTempDirectory(Path.of("/tmp"), "mwt");
    try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path used = Files.createDirectory(temporary.resolve("mw-1"));
      listening.bind(UnixDomainSocketAddress.of(used.resolve("door")));
      Path dead = Files.createDirectory(temporary.resolve("mw-2"));
      try (var gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        gone.bind(UnixDomainSocketAddress.of(dead.resolve("door")));
      }
      Path other = Files.createDirectory(temporary.resolve("others"));
      Path fresh = Files.createFile(temporary.resolve("left-3"));
      for (Path old : new Path[] {used, dead, other}) {
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      }

      Leftovers.remove(temporary, names, Instant.now());

      assertThat(dead).doesNotExist();
      assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("mw-1", "others", "left-3");
      assertThat(fresh).exists();
    } finally {
      Trees.delete(temporary);
    }
  }

  private TakeOut.Taken work(String item) throws InterruptedException, IOException {
    mirror.refresh();
    var workspace = workspaces.create(item, 1, mirror, "main");
    sandbox.run(Command.shell("echo new > new"), workspace.box());
    var taken = (TakeOut.Taken) workspaces.takeOut(workspace, sandbox, "Work", Author.MILLWRIGHT);
    workspaces.remove(workspace);
    return taken;
  }

  private Upkeep after(Duration time) {
    return new Upkeep(data, mirrors, workspaces, InstantSource.fixed(Instant.now().plus(time)));
  }
}

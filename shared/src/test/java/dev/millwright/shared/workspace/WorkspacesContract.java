package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every kind of workspace promises, with real git in the real sandbox.
abstract class WorkspacesContract {
  final Scratch scratch = new Scratch();
  final Path data = scratch.make("data");
  private final Path canary = scratch.folder().resolve("canary");
  final Repository origin = Repository.at(scratch.make("origin"));
  final String base =
      origin
          .file("src/Main.java", "class Main {}\n")
          .file(".gitignore", "target/\n*.log\n")
          .file(".gitattributes", "*.java filter=evil diff=evil merge=evil\nsrc export-ignore\n")
          .commit("Base");
  final Mirrors mirrors = new Mirrors(data);
  final Mirror mirror = mirrors.mirror("orders", origin.folder().toString());
  final Sandbox sandbox =
      switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
        case Detection.Available(var found) -> found;
        case Detection.Missing(var reason, _) -> abort(reason);
      };
  final Workspaces workspaces = make();
  final Workspace workspace = created("item-1", 1);

  /// Those under test.
  abstract Workspaces make();

  @AfterEach
  void clean() {
    assertThat(canary).doesNotExist();
    scratch.close();
  }

  @Test
  void a_workspace_is_a_clone_that_borrows_from_the_mirror() throws Exception {
    var exit = inside("git log --format=%s && git status --porcelain && git branch --show-current");

    assertThat(exit.output().stdout()).isEqualTo("Base\nmillwright/item-1\n");
    assertThat(workspace.files().resolve(".git/hooks")).doesNotExist();
    assertThat(workspaces.list()).containsExactly(workspace);
    assertThat(workspaces.find("item-1", 1)).contains(workspace);
    assertThatThrownBy(() -> workspaces.create("item-1", 1, mirror, base))
        .isInstanceOf(GitException.class);
  }

  @Test
  void git_works_in_it_as_in_any_clone() throws Exception {
    origin.git("branch", "feature/x");
    origin.git("tag", "v1");
    var place = created("item-2", 1);

    var exit =
        inside(
            place,
            "set -e; git branch -a --format='%(refname:short)'; git tag; git rev-parse origin/main;"
                + " git mv src/Main.java src/Other.java; echo x >> src/Other.java; rm .gitattributes;"
                + " git commit -qam Work; git diff --stat=80 HEAD~1 | tail -1; git status --short;"
                + " git fsck --no-dangling 2>&1; git log --format=%s | head -1");

    assertThat(exit.output().stderr()).isEmpty();
    assertThat(exit.output().stdout().lines())
        .containsExactly(
            "main",
            "millwright/item-2",
            "origin/HEAD",
            "origin/feature/x",
            "origin/main",
            "v1",
            base,
            " 2 files changed, 1 insertion(+), 2 deletions(-)",
            "Work");
  }

  @Test
  void the_mirror_cannot_be_written_from_inside() throws Exception {
    var exit = inside("touch " + mirror.objects() + "/x; ls " + mirror.folder() + "/HEAD");

    assertThat(exit.output().stderr()).contains("Read-only", "No such file");
  }

  @Test
  void what_is_hidden_from_a_run_is_neither_seen_nor_changed_nor_lost() throws Exception {
    var exit =
        hiding(
            "ls -A src; cat .gitignore; echo made > made; echo x > src/x; echo x > .gitignore;"
                + " rm -rf src .gitignore; mv src away; ls -d absent");

    assertThat(exit.output().stdout()).isEmpty();
    assertThat(exit.output().stderr()).contains("Read-only", "busy", "absent");
    var taken = (TakeOut.Taken) takeOut(workspace);
    assertThat(mirror.numstat(base, taken.commit()))
        .extracting(FileChange::path)
        .containsExactly("made");
  }

  @Test
  void what_is_no_longer_there_needs_no_hiding_and_a_link_cannot_be_hidden() throws Exception {
    inside("rm -rf src .gitignore");
    assertThat(hiding("ls -A").output().stdout()).isEqualTo(".git\n.gitattributes\n");

    inside("mkdir away; ln -s away src");
    assertThat(hiding("true"))
        .isInstanceOfSatisfying(
            Exit.NotStarted.class, exit -> assertThat(exit.reason()).contains("src", "is a link"));
  }

  private Exit hiding(String line) throws InterruptedException {
    var names = List.of("src", ".gitignore", "absent");
    return sandbox.run(Command.shell(line), workspace.box().hiding(names));
  }

  @Test
  void work_comes_out_as_one_commit_of_the_factorys() throws Exception {
    inside("echo 'class A {}' > src/A.java && git add -A && git commit -qm agent-1");
    inside("rm .gitignore && echo '// more' >> src/A.java");

    var taken = (TakeOut.Taken) takeOut(workspace);

    assertThat(taken.ref()).isEqualTo("refs/millwright/items/item-1/1");
    assertThat(mirror.resolve(taken.ref())).contains(taken.commit());
    assertThat(mirror.log(taken.commit(), 9))
        .satisfiesExactly(
            entry -> {
              assertThat(entry.subject()).isEqualTo("Add A");
              assertThat(entry.author()).isEqualTo("Millwright");
            },
            entry -> assertThat(entry.commit()).isEqualTo(base));
    assertThat(mirror.numstat(base, taken.commit()))
        .extracting(FileChange::path)
        .containsExactlyInAnyOrder(".gitignore", "src/A.java");
    assertThat(mirror.resolve("refs/millwright/incoming/items/item-1/1")).isEmpty();
    assertThat(workspace.folder().toFile().list()).noneMatch(name -> name.startsWith("out-"));
  }

  @Test
  void work_can_be_taken_again_and_the_newest_counts() throws Exception {
    inside("echo 1 > one");
    takeOut(workspace);
    inside("echo 2 > two");

    var taken = (TakeOut.Taken) takeOut(workspace);

    assertThat(mirror.listFiles(taken.commit())).contains("one", "two");
    assertThat(mirror.resolve(taken.ref())).contains(taken.commit());
  }

  @Test
  void nothing_done_is_nothing_taken() throws Exception {
    inside("mkdir target && echo x > target/out && git commit -q --allow-empty -m nothing");

    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Nothing.class);
  }

  @Test
  void an_ignored_file_that_was_added_on_purpose_comes_along() throws Exception {
    inside("echo x > kept.log && git add -f kept.log && echo y > left.log");

    var taken = (TakeOut.Taken) takeOut(workspace);

    assertThat(mirror.listFiles(taken.commit())).contains("kept.log").doesNotContain("left.log");
  }

  @Test
  void what_an_agent_configures_never_runs_on_the_host() throws Exception {
    String touch = "touch " + canary;
    var exit =
        inside(
            "set -e; for k in core.fsmonitor core.sshCommand diff.external core.pager"
                + " filter.evil.clean filter.evil.smudge filter.evil.process diff.evil.textconv"
                + " uploadpack.packObjectsHook core.editor credential.helper;"
                + " do git config $k '"
                + touch
                + "'; done;"
                + " mkdir -p .git/hooks; for h in pre-commit post-checkout post-commit"
                + " reference-transaction post-index-change; do"
                + " printf '#!/bin/sh\\n"
                + touch
                + "\\n' > .git/hooks/$h; chmod +x .git/hooks/$h;"
                + " done; echo '// x' >> src/Main.java");

    assertThat(exit.succeeded()).isTrue();
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Taken.class);
    assertThat(workspaces.salvage(workspace, sandbox)).isInstanceOf(TakeOut.Taken.class);
    workspaces.remove(workspace);
    assertThat(canary).doesNotExist();
  }

  @Test
  void a_broken_or_missing_repository_of_the_agents_does_not_matter() throws Exception {
    inside("rm -rf .git && echo x > x");

    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Taken.class);
  }

  @Test
  void links_out_and_repositories_within_are_refused_but_salvaged() throws Exception {
    inside("ln -s /etc/passwd link");
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Refused.class);

    inside("rm link; ln -s ../../other src/link");
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Refused.class);

    inside("rm src/link; ln -s ../.gitignore src/fine");
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Taken.class);

    inside(
        "git init -q sub && cd sub && git config user.name a && git config user.email a@b && touch f && git add f && git commit -qm x; git init -q ../bare");
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Refused.class);
    var kept = (TakeOut.Taken) workspaces.salvage(workspace, sandbox);
    assertThat(mirror.listFiles(kept.commit())).contains("sub/f");
  }

  @Test
  void unfinished_work_is_kept_before_its_workspace_goes() throws Exception {
    inside("echo half > half; mkdir -p deep/er; chmod 000 deep; ln -s " + data + " out");

    var kept = (TakeOut.Taken) workspaces.salvage(workspace, sandbox);
    workspaces.remove(workspace);

    assertThat(kept.ref()).isEqualTo("refs/millwright/salvage/item-1/1");
    assertThat(mirror.readFile(kept.commit(), "half").map(WorkspacesContract::text))
        .contains("half\n");
    assertThat(workspace.folder()).doesNotExist();
    assertThat(mirror.folder()).exists();
    assertThat(workspaces.list()).isEmpty();
  }

  @Test
  void work_left_by_a_process_that_is_gone_is_found_and_saved() throws Exception {
    inside("echo half > half; rm src/Main.java; git add -A; git commit -qm half");
    var next = make();

    var left = next.list();

    assertThat(left).containsExactly(workspace);
    assertThat(next.retire(left.getFirst(), sandbox)).isInstanceOf(TakeOut.Taken.class);
    assertThat(mirror.listFiles(mirror.resolve("refs/millwright/salvage/item-1/1").orElseThrow()))
        .contains("half")
        .doesNotContain("src/Main.java");
    assertThat(workspace.folder()).doesNotExist();
  }

  @Test
  void an_export_is_the_exact_commit_whatever_archives_leave_out() {
    Path target = scratch.folder().resolve("export");

    workspaces.export(mirror, base, target);

    assertThat(target.resolve("src/Main.java")).hasContent("class Main {}");
    assertThat(target.resolve(".git")).doesNotExist();
    assertThat(target.toFile().list()).hasSize(3);
    assertThatThrownBy(() -> workspaces.export(mirror, base, target))
        .isInstanceOf(GitException.class);
  }

  @Test
  void work_goes_on_from_the_work_before() throws Exception {
    inside("echo 1 > one");
    var first = (TakeOut.Taken) takeOut(workspace);
    var again = workspaces.create("item-1", 2, mirror, first.commit());

    sandbox.run(Command.shell("echo 2 > two"), again.box());
    var second = (TakeOut.Taken) takeOut(again);

    assertThat(mirror.log(base + ".." + second.commit(), 9)).hasSize(2);
  }

  @Test
  void many_are_made_at_once_while_the_mirror_is_refreshed() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var made =
          IntStream.range(0, 32)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> created("many-" + n, 1), threads))
              .toList();

      assertThat(made.stream().map(CompletableFuture::join))
          .allSatisfy(one ->
              assertThat(sandbox.run(Command.shell("cat src/Main.java"), one.box()).succeeded())
                  .isTrue());
    }
    assertThat(workspaces.list()).hasSize(33);
  }

  @Test
  void an_item_cannot_name_its_way_out() {
    for (String name : new String[] {"../x", "a/b", "", ".git", "A", "a..b", "x.lock", "-x"}) {
      assertThatThrownBy(() -> workspaces.create(name, 1, mirror, base))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  Workspace created(String item, int generation) {
    assertThat(mirror.refresh()).isInstanceOf(GitResult.Ok.class);
    return workspaces.create(item, generation, mirror, "main");
  }

  Exit inside(String line) throws InterruptedException {
    return inside(workspace, line);
  }

  Exit inside(Workspace place, String line) throws InterruptedException {
    return sandbox.run(Command.shell(line), place.box());
  }

  TakeOut takeOut(Workspace from) throws InterruptedException {
    return workspaces.takeOut(from, sandbox, "Add A", Author.MILLWRIGHT);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

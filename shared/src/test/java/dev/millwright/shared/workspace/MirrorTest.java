package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MirrorTest {
  private final Scratch scratch = new Scratch();
  private final Repository origin = Repository.at(scratch.make("origin"));
  private final String first = origin.file("a.txt", "one\ntwo\n").commit("First");
  private final Mirror mirror =
      new Mirrors(scratch.make("data")).mirror("orders", origin.folder().toString());

  @AfterEach
  void clean() {
    scratch.close();
  }

  @Test
  void a_refresh_brings_branches_tags_and_the_default_branch() {
    origin.git("branch", "feature/x");
    origin.git("tag", "v1");

    assertThat(mirror.resolve("main")).isEmpty();
    assertThat(mirror.refresh()).isInstanceOf(GitResult.Ok.class);

    assertThat(mirror.resolve("main")).contains(first);
    assertThat(mirror.resolve("feature/x")).contains(first);
    assertThat(mirror.resolve("refs/tags/v1")).contains(first);
    assertThat(mirror.resolve("--all")).isEmpty();
    assertThat(mirror.defaultBranch()).contains("main");
  }

  @Test
  void a_rewritten_branch_follows_and_its_old_commit_stays() {
    mirror.refresh();
    origin.git("commit", "-q", "--amend", "-m", "Rewritten");
    String rewritten = origin.git("rev-parse", "HEAD").strip();

    mirror.refresh();

    assertThat(mirror.resolve("main")).contains(rewritten);
    assertThat(mirror.resolve(first)).contains(first);
  }

  @Test
  void a_lock_left_by_a_killed_process_stops_nobody() throws Exception {
    mirror.refresh();
    String second = origin.file("b", "b").commit("Second");
    Path moved = scratch.folder().resolve("data/mirrors/moved.git");
    Files.move(mirror.folder(), moved);
    Files.createFile(moved.resolve("refs/heads/main.lock"));
    Files.createFile(moved.resolve("packed-refs.lock"));
    var next = new Mirrors(scratch.make("data")).mirror("moved", origin.folder().toString());

    assertThat(next.refresh()).isInstanceOf(GitResult.Ok.class);
    assertThat(next.resolve("main")).contains(second);
  }

  @Test
  void a_repository_that_is_not_there_is_a_failure() {
    var absent = new Mirrors(scratch.make("data")).mirror("absent", scratch.folder() + "/absent");

    assertThat(absent.refresh()).isInstanceOf(GitResult.Failed.class);
    assertThat(absent.resolve("main")).isEmpty();
  }

  @Test
  void addresses_that_run_programs_are_refused() {
    assertThatThrownBy(() -> Remote.of("ext::sh -c true"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Remote.of("--upload-pack=true"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_change_is_read_as_text_and_as_numbers() throws Exception {
    Files.write(origin.folder().resolve("binary"), new byte[] {0, 1, 2});
    origin.file("späße \"x\".txt", "new\n").file("a.txt", "one\n2\n3\n").commit("Second");
    mirror.refresh();
    String second = mirror.resolve("main").orElseThrow();

    assertThat(mirror.diff(first, second)).contains("-two", "+3", "Binary files");
    assertThat(mirror.numstat(first, second))
        .containsExactlyInAnyOrder(
            new FileChange("a.txt", 2, 1, FileChange.Kind.MODIFIED, false),
            new FileChange("binary", 0, 0, FileChange.Kind.ADDED, true),
            new FileChange("späße \"x\".txt", 1, 0, FileChange.Kind.ADDED, false));
    assertThat(mirror.numstat(first, first)).isEmpty();
    assertThat(mirror.log(first + ".." + second, 10))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.subject()).isEqualTo("Second");
          assertThat(entry.parents()).containsExactly(first);
          assertThat(entry.author()).isEqualTo("Ada");
        });
  }

  @Test
  void files_are_read_but_no_links_and_no_folders() throws Exception {
    Files.createSymbolicLink(origin.folder().resolve("link"), Path.of("/etc/passwd"));
    origin.file("dir/b.txt", "b").commit("Second");
    mirror.refresh();
    String second = mirror.resolve("main").orElseThrow();

    assertThat(mirror.listFiles(second)).containsExactly("a.txt", "dir/b.txt", "link");
    assertThat(mirror.readFile(second, "dir/b.txt").map(MirrorTest::text)).contains("b");
    assertThat(mirror.readFile(second, "link")).isEmpty();
    assertThat(mirror.readFile(second, "dir")).isEmpty();
    assertThat(mirror.readFile(second, "absent")).isEmpty();
    assertThat(mirror.readFile(first, "dir/b.txt")).isEmpty();
  }

  @Test
  void merges_are_tried_without_a_checkout() {
    origin.git("checkout", "-q", "-b", "other");
    String other = origin.file("b.txt", "b\n").commit("Other");
    origin.git("checkout", "-q", "-b", "clash", first);
    String clash = origin.file("a.txt", "clash\n").commit("Clash");
    origin.git("checkout", "-q", "main");
    String main = origin.file("a.txt", "main\n").commit("Main");
    mirror.refresh();

    assertThat(mirror.mergeTree(main, other)).isInstanceOf(Merge.Merged.class);
    assertThat(mirror.mergeTree(main, clash)).isEqualTo(new Merge.Conflicts(List.of("a.txt")));
    assertThat(mirror.mergeBase(main, clash)).contains(first);
    assertThat(mirror.isAncestor(first, main)).isTrue();
    assertThat(mirror.isAncestor(main, first)).isFalse();
  }

  @Test
  void a_ref_moves_only_from_where_it_was_thought_to_be() {
    mirror.refresh();
    String tree = mirror.treeOf(first);
    String made = commit(tree, "Made");

    assertThat(commit(tree, "Made")).isEqualTo(made);
    assertThat(mirror.updateRef("refs/millwright/x", made, Optional.empty())).isTrue();
    assertThat(mirror.updateRef("refs/millwright/x", first, Optional.empty())).isFalse();
    assertThat(mirror.updateRef("refs/millwright/x", first, Optional.of(first))).isFalse();
    assertThat(mirror.updateRef("refs/millwright/x", first, Optional.of(made))).isTrue();
    mirror.refresh();
    assertThat(mirror.resolve("refs/millwright/x")).contains(first);
    assertThat(mirror.deleteRef("refs/millwright/x")).isTrue();
    assertThat(mirror.resolve("refs/millwright/x")).isEmpty();
  }

  @Test
  void a_commit_is_pushed_where_it_belongs() {
    mirror.refresh();
    String made = commit(mirror.treeOf(first), "Made");

    var pushed = mirror.push(origin.folder().toString(), List.of(made + ":refs/heads/change"));

    assertThat(pushed).isInstanceOf(GitResult.Ok.class);
    assertThat(origin.git("log", "-1", "--format=%an <%ae> %cn %s", "change").strip())
        .isEqualTo("Millwright <millwright@localhost> Millwright Made");
    assertThat(mirror.push(origin.folder().toString(), List.of("absent:refs/heads/y")))
        .isInstanceOf(GitResult.Failed.class);
  }

  @Test
  void a_tree_that_would_write_into_git_is_refused() {
    mirror.refresh();
    String blob = origin.git("rev-parse", "HEAD:a.txt").strip();
    String evil =
        Git.raw(Git.Call.in(origin.folder(), "mktree").reading("100644 blob " + blob + "\t.git\n"))
            .text()
            .strip();
    origin.git("update-ref", "refs/heads/evil", origin.git("commit-tree", evil, "-m", "e").strip());

    assertThat(mirror.refresh())
        .isInstanceOfSatisfying(
            GitResult.Failed.class, failed -> assertThat(failed.stderr()).contains("hasDotgit"));
    assertThat(mirror.resolve("evil")).isEmpty();
  }

  private String commit(String tree, String message) {
    return mirror.commitTree(
        tree, List.of(first), message, Author.MILLWRIGHT, Instant.ofEpochSecond(1_700_000_000));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Workspaces that are laid over a template, however few files they have.
class LaidWorkspacesTest extends WorkspacesContract {
  @Override
  Workspaces make() {
    return new Workspaces(data, mirrors, Templates.where(sandbox, data, 1));
  }

  private Path template() {
    var layers = workspace.layers();
    return layers == null
        ? abort("no overlay can be mounted here")
        : layers.lower().getFirst().resolveSibling("");
  }

  @Test
  void a_small_repository_needs_no_template() {
    Path elsewhere = scratch.make("elsewhere");
    var fresh = new Mirrors(elsewhere).mirror("orders", origin.folder().toString());
    fresh.refresh();
    var usual = new Workspaces(elsewhere, new Mirrors(elsewhere), sandbox);

    assertThat(usual.create("item-2", 1, fresh, base).layers()).isNull();
  }

  @Test
  void its_files_are_written_once_and_nobody_changes_them() throws Exception {
    var before = content(template());

    var exit = inside("rm -rf * .gitignore .git; ls -A; echo x > src; mkdir -p .git; ls -A");
    var second = created("item-2", 1);
    inside(second, "git commit -q --allow-empty -m x; echo y > src/Main.java");

    assertThat(exit.output().stdout()).isEqualTo(".gitattributes\n.git\n.gitattributes\nsrc\n");
    assertThat(content(template())).isEqualTo(before);
    assertThat(second.layers()).isNotNull();
    assertThat(workspace.files()).isEmptyDirectory();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(data.toString());
  }

  @Test
  void a_commit_near_by_shares_the_template() throws Exception {
    origin.file("src/New.java", "class New {}\n").file("src/Main.java", "class Changed {}\n");
    Files.delete(origin.folder().resolve(".gitignore"));
    origin.commit("Next");

    var next = created("item-2", 1);
    var exit = inside(next, "git status --short; git log --format=%s; cat src/*; ls -A");

    assertThat(next.layers()).isNotNull();
    assertThat(Trees.list(template().resolveSibling(""))).containsExactly(template());
    assertThat(exit.output().stdout())
        .isEqualTo("Next\nBase\nclass Changed {}\nclass New {}\n.git\n.gitattributes\nsrc\n");
  }

  @Test
  void whole_folders_can_be_moved_and_replaced() throws Exception {
    inside("set -e; mv src lib; mkdir src; echo x > src/x; rm .gitignore; mkdir .gitignore");

    var taken = (TakeOut.Taken) takeOut(workspace);

    assertThat(mirror.listFiles(taken.commit()))
        .containsExactly(".gitattributes", "lib/Main.java", "src/x");
  }

  @Test
  void a_template_is_kept_as_long_as_a_workspace_needs_it() throws Exception {
    var template = template();
    var later = Instant.now().plusSeconds(60);

    workspaces.tidy(later);
    assertThat(template).exists();

    inside("echo x > x");
    assertThat(takeOut(workspace)).isInstanceOf(TakeOut.Taken.class);
    workspaces.remove(workspace);
    workspaces.tidy(Instant.EPOCH);
    assertThat(template).exists();

    workspaces.tidy(later);
    assertThat(template).doesNotExist();
    assertThat(created("item-3", 1).layers()).isNotNull();
  }

  @Test
  void a_process_without_the_means_refuses_and_deletes_nothing() throws Exception {
    inside("echo half > half");
    var bare = new Workspaces(data, mirrors);
    var unconfined = new Unconfined(data);

    var left = bare.list().getFirst();

    assertThat(bare.retire(left, unconfined)).isInstanceOf(TakeOut.Refused.class);
    assertThat(bare.retire(left, sandbox)).isInstanceOf(TakeOut.Taken.class);
  }

  @Test
  void what_setup_made_is_there_for_the_next_and_nobody_spoils_it() throws Exception {
    var key = Optional.of("c0ffee");
    var first = workspaces.create("item-2", 1, mirror, base, key);
    assertThat(first.isSetUp()).isFalse();
    inside(first, "mkdir -p target/deep; echo made > target/deep/file; ln -s deep target/link");
    workspaces.keepSetup(first, "c0ffee");
    inside(first, "echo spoiled > target/deep/file; echo late > target/late");
    origin.file("src/More.java", "class More {}\n").commit("More");
    mirror.refresh();

    var second = workspaces.create("item-3", 1, mirror, "main", key);

    assertThat(second.isSetUp()).isTrue();
    assertThat(workspaces.find("item-3", 1)).contains(second);
    assertThat(inside(second, "cat target/link/file; ls target src; git status -s").output().both())
        .isEqualTo("made\nsrc:\nMain.java\nMore.java\n\ntarget:\ndeep\nlink\n");
    inside(second, "rm -r target/deep; echo evil > target/file; echo x > x");
    assertThat(takeOut(second)).isInstanceOf(TakeOut.Taken.class);
    var third = workspaces.create("item-4", 1, mirror, base, key);
    assertThat(inside(third, "cat target/deep/file; ls target").output().both())
        .isEqualTo("made\ndeep\nlink\n");
  }

  @Test
  void what_setup_made_holds_nothing_of_the_commit_it_was_made_at() throws Exception {
    var key = Optional.of("c0ffee");
    origin.file("src/Main.java", "class Old {}\n").file("src/Gone.java", "x\n");
    Files.delete(origin.folder().resolve(".gitattributes"));
    origin.commit("Older");
    mirror.refresh();
    var first = workspaces.create("item-2", 1, mirror, "main", key);
    inside(first, "mkdir target; echo made > target/file");
    workspaces.keepSetup(first, "c0ffee");
    origin.file("src/Main.java", "class New {}\n");
    Files.delete(origin.folder().resolve("src/Gone.java"));
    origin.file(".gitattributes", "back\n").commit("Newer");
    mirror.refresh();

    var second = workspaces.create("item-3", 1, mirror, "main", key);

    assertThat(inside(second, "git status -s; cat src/* .gitattributes target/*").output().both())
        .isEqualTo("class New {}\nback\nmade\n");
  }

  private static Map<String, String> content(Path folder) throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> all.put(folder.relativize(file).toString(), text(file)));
    }
    return all;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

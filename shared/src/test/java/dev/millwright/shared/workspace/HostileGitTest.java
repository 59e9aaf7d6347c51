package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a repository or an agent can do to git so that git does something for it: nothing runs on
/// the host, and nothing outside is touched or comes along.
class HostileGitTest {
  private static final String SECRET = "the mirror next door";

  private final Scratch scratch = new Scratch();
  private final Path data = scratch.make("data");
  private final Path canary = scratch.folder().resolve("canary");
  private final Repository origin = Repository.at(scratch.make("origin"));
  private final String base =
      origin.file("src/Main.java", "class Main {}\n").file("README.md", "# A\n").commit("Base");
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
    assertThat(canary).doesNotExist();
    scratch.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".git is a link to the mirror | TAKEN | rm -rf .git; ln -s $MIRROR .git",
        ".git is a link to the root | TAKEN | rm -rf .git; ln -s / .git",
        "a gitdir file names the mirror | TAKEN | rm -rf .git; echo gitdir: $MIRROR > .git",
        "a gitdir file names the take-out | TAKEN | rm -rf .git; echo gitdir: /out/git > .git",
        "a gitdir file names itself | TAKEN | rm -rf .git; echo gitdir: .git > .git",
        "alternates name another mirror | TAKEN | echo $NEIGHBOUR >> .git/objects/info/alternates",
        "alternates name a fifo | TAKEN | mkfifo .git/f; echo $PWD/.git/f > .git/objects/info/alternates",
        "config includes a host's file | TAKEN | git config include.path $ORIGIN/.git/config",
        "config is a fifo | TAKEN | rm .git/config; mkfifo .git/config",
        "config names another work tree | TAKEN | git config core.worktree $ORIGIN",
        "the index is rubbish | TAKEN | echo rubbish > .git/index",
        "refs have the names of options | TAKEN | git update-ref refs/heads/--upload-pack=x HEAD; echo x > .git/refs/heads/-x",
        "refs have the names of commands | TAKEN | git update-ref 'refs/heads/$(touch${IFS}x)' HEAD; echo 'ref: refs/heads/../../config' > .git/refs/heads/up",
        "packed refs are rubbish | TAKEN | printf 'x\\n%s refs/heads/../x\\n' 0 > .git/packed-refs",
        "HEAD leads out | TAKEN | echo 'ref: ../../../../etc/passwd' > .git/HEAD",
        "a shallow and a grafted history | TAKEN | git rev-parse HEAD > .git/shallow; mkdir -p .git/info; echo 0 > .git/info/grafts",
        "a driver for merges, diffs and files | TAKEN | echo '* merge=evil diff=evil filter=evil' > .gitattributes; git config merge.evil.driver 'touch $CANARY'; git config filter.evil.required true; git config filter.evil.clean 'touch $CANARY; false'; git config diff.evil.command 'touch $CANARY'",
        "attributes that fill in and transform | TAKEN | echo '* export-subst ident export-ignore text eol=crlf' > .gitattributes; echo '$Format:%(describe)$ $Id$' > README.md",
        "attributes nobody can follow | REFUSED | echo '*.md working-tree-encoding=UTF-16' > .gitattributes; printf 'odd' > README.md",
        "a submodule with a hostile address | REFUSED | printf '[submodule \"x\"]\\n\\tpath = x\\n\\turl = ext::sh -c touch%% $CANARY\\n\\tupdate = !touch $CANARY\\n' > .gitmodules",
        "a submodule with the address of an option | REFUSED | printf '[submodule \"x\"]\\n\\tpath = x\\n\\turl = --upload-pack=touch\\n' > .gitmodules",
        "a submodule at a path outside | REFUSED | printf '[submodule \"../../x\"]\\n\\tpath = ../../x\\n\\turl = ./x\\n' > .gitmodules",
        "a linked .gitmodules | REFUSED | ln -s README.md .gitmodules",
        "a repository within | REFUSED | git init -q in; cd in; git commit -q --allow-empty -m x",
        "a folder that is git's where case does not count | REFUSED | mkdir -p .GIT/hooks; echo x > .GIT/hooks/post-checkout",
        "a folder that is git's on Windows | REFUSED | mkdir -p git~1; echo x > git~1/config",
        "a folder that is git's on a Mac | REFUSED | d=$(printf '.g\\342\\200\\214it'); mkdir $d; echo x > $d/config",
        "a folder became a link to the take-out | REFUSED | rm -rf src; ln -s /out src",
        "a folder became a link to the mirror | REFUSED | rm -rf src; ln -s $MIRROR src",
        "a folder became a link within | TAKEN | mkdir lib; rm -rf src; ln -s lib src",
        "a link to a link that leads out | REFUSED | ln -s . a; ln -s a/../../.. b",
        "a file became a fifo | TAKEN | rm README.md; mkfifo README.md",
        "a name that is an option, and one of two lines | TAKEN | echo x > ./--upload-pack=x; echo x > \"$(printf 'a\\nb')\"",
        "two hundred megabytes of nothing | TAKEN | truncate -s 200M huge"
      })
  void a_trap_in_the_workspace_catches_nobody(String name, String end, String script)
      throws Exception {
    var neighbour = neighbour();
    var workspace = created();
    var line =
        script
            .replace("$MIRROR", mirror.folder().toString())
            .replace("$NEIGHBOUR", neighbour.objects().toString())
            .replace("$ORIGIN", origin.folder().toString())
            .replace("$CANARY", canary.toString());
    inside(workspace, "echo work > work.txt; " + line);

    var out = workspaces.takeOut(workspace, sandbox, "Work", Author.MILLWRIGHT);
    var kept = workspaces.salvage(workspace, sandbox);
    workspaces.remove(workspace);

    assertThat(out.getClass().getSimpleName()).isEqualToIgnoringCase(end.strip());
    if (out instanceof TakeOut.Taken(var commit, _)) {
      assertThat(mirror.readFile(commit, "work.txt")).isPresent();
      assertThat(mirror.diff(base, commit)).doesNotContain(SECRET);
      workspaces.export(mirror, commit, scratch.folder().resolve("export"));
    }
    if (kept instanceof TakeOut.Taken(var commit, _)) {
      assertThat(mirror.readFile(commit, "work.txt")).isPresent();
      assertThat(mirror.diff(base, commit)).doesNotContain(SECRET);
    }
    assertThat(workspace.folder()).doesNotExist();
    assertThat(mirror.resolve("main")).contains(base);
    assertThat(origin.git("status", "--porcelain")).isEmpty();
    assertThat(origin.git("rev-parse", "HEAD").strip()).isEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[submodule \"x\"]\n\tpath = x\n\turl = --upload-pack=touch\n",
        "[submodule \"../x\"]\n\tpath = x\n\turl = ./x\n",
        "[submodule \"x\"]\n\tpath = -x\n\turl = ./x\n"
      })
  void a_repository_with_a_trap_for_those_who_clone_is_not_fetched(String modules) {
    origin.file(".gitmodules", modules).commit("Trap");

    assertThat(mirror.refresh()).isInstanceOf(GitResult.Failed.class);
    assertThat(mirror.resolve("main")).isEmpty();
  }

  @Test
  void what_a_repository_names_in_its_attributes_is_nobodys_command() throws Exception {
    Files.createDirectories(origin.folder().resolve(".git/info"));
    var evil =
        origin
            .file(".gitattributes", "* filter=evil diff=evil merge=evil export-subst ident\n")
            .file("src/Main.java", "$Format:%H$ $Id$\n")
            .file(".lfsconfig", "[lfs]\n\turl = https://nowhere.invalid\n\tfetchinclude = *\n")
            .commit("Evil");
    var workspace = created();
    inside(workspace, "echo x >> src/Main.java");
    var taken = (TakeOut.Taken) workspaces.takeOut(workspace, sandbox, "Work", Author.MILLWRIGHT);
    origin.file("README.md", "# B\n").commit("Beside");
    mirror.refresh();

    assertThat(mirror.mergeTree(mirror.resolve("main").orElseThrow(), taken.commit()))
        .isInstanceOf(Merge.Merged.class);
    assertThat(mirror.diff(evil, taken.commit())).contains("+x");
    workspaces.export(mirror, evil, scratch.folder().resolve("export"));
    assertThat(Files.readString(scratch.folder().resolve("export/src/Main.java")))
        .startsWith("$Format:%H$");
  }

  @Test
  void refs_of_a_hostile_server_are_names_and_nothing_more() throws Exception {
    for (var name :
        List.of("$(touch${IFS}x)", "a;touch\u00a0x", "--upload-pack=x", "a'b\"c", "ä")) {
      origin.git("update-ref", "refs/heads/" + name, base);
      origin.git("update-ref", "refs/tags/" + name, base);
    }

    var workspace = created();

    assertThat(inside(workspace, "git branch -r | wc -l; git status --short").output().stdout())
        .isEqualTo("7\n");
  }

  private Mirror neighbour() {
    var other = Repository.at(scratch.make("neighbour"));
    other.file("secret", SECRET).commit("Secret");
    var neighbour = mirrors.mirror("neighbour", other.folder().toString());
    assertThat(neighbour.refresh()).isInstanceOf(GitResult.Ok.class);
    return neighbour;
  }

  private Workspace created() {
    assertThat(mirror.refresh()).isInstanceOf(GitResult.Ok.class);
    return workspaces.create("item-1", 1, mirror, "main");
  }

  private Exit inside(Workspace workspace, String line) throws InterruptedException {
    return sandbox.run(Command.shell(line), workspace.box());
  }
}

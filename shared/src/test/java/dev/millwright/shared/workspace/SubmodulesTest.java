package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories with submodules and with large files elsewhere.
class SubmodulesTest {
  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345
      """;

  private final Scratch scratch = new Scratch();
  private final Path data = scratch.make("data");
  private final Repository library = Repository.at(scratch.make("forge/library"));
  private final String lib = library.file("lib.txt", "lib\n").commit("Library");
  private final Repository origin = Repository.at(scratch.make("forge/orders"));
  private final Mirrors mirrors = new Mirrors(data);
  private final Mirror mirror = mirrors.mirror("orders", origin.folder().toString());
  private final Sandbox sandbox =
      switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
        case Detection.Available(var found) -> found;
        case Detection.Missing(var reason, _) -> abort(reason);
      };

  @AfterEach
  void clean() {
    scratch.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_unknown_submodule_stays_what_it_is_and_work_beside_it_lands(boolean laid)
      throws Exception {
    var workspaces = workspaces(laid);
    var base = withSubmodule("https://elsewhere.invalid/library.git");
    var workspace = workspaces.create("item-1", 1, mirror, "main");

    assertThat(inside(workspace, "git status --short; ls libs/library").output().both()).isEmpty();
    inside(workspace, "echo x > x");

    assertThat(gitlink(taken(workspaces, workspace))).contains(lib);
    assertThat(mirror.numstat(base, taken(workspaces, workspace))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_of_the_factorys_repositories_is_filled(boolean laid) throws Exception {
    var workspaces = workspaces(laid);
    mirrors.mirror("library", library.folder() + "/");
    withSubmodule("../library.git");
    var workspace = workspaces.create("item-1", 1, mirror, "main");

    var exit =
        inside(
            workspace,
            "git status --short; cat libs/library/lib.txt; cd libs/library; git log --format=%s");
    assertThat(exit.output().both()).isEqualTo("lib\nLibrary\n");
    assertThat(workspaces.list()).containsExactly(workspace);

    inside(workspace, "echo x > x; echo more >> libs/library/lib.txt");
    var commit = taken(workspaces, workspace);
    assertThat(gitlink(commit)).contains(lib);
    assertThat(mirror.listFiles(commit)).contains("x");

    Path export = scratch.folder().resolve("export");
    workspaces.export(mirror, commit, export);
    assertThat(export.resolve("libs/library/lib.txt")).hasContent("lib");
    assertThat(export.resolve("libs/library").toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void work_within_a_submodule_is_refused_and_saved(boolean laid) throws Exception {
    var workspaces = workspaces(laid);
    mirrors.mirror("library", library.folder().toString());
    withSubmodule("../library");
    var workspace = workspaces.create("item-1", 1, mirror, "main");
    inside(workspace, "cd libs/library; echo more >> lib.txt; git commit -qam More; echo x > x");

    assertThat(workspaces.takeOut(workspace, sandbox, "Work", Author.MILLWRIGHT))
        .isInstanceOfSatisfying(
            TakeOut.Refused.class,
            refused -> assertThat(refused.reason()).contains("libs/library"));
    var kept = (TakeOut.Taken) workspaces.retire(workspace, sandbox);
    assertThat(mirror.readFile(kept.commit(), "libs/library/x")).isPresent();
    assertThat(mirror.readFile(kept.commit(), "libs/library/lib.txt").map(String::new))
        .contains("lib\nmore\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "git config filter.lfs.process git-lfs\\ filter-process; git config filter.lfs.required true"
      })
  void pointers_to_large_files_are_kept_whatever_is_installed(String install) throws Exception {
    var workspaces = workspaces(false);
    var base =
        origin
            .file(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
            .file("large.bin", POINTER)
            .commit("Large");
    mirror.refresh();
    var workspace = workspaces.create("item-1", 1, mirror, "main");

    assertThat(inside(workspace, "cat large.bin; git status --short").output().both())
        .isEqualTo(POINTER);
    inside(workspace, install + "; echo x > x; touch large.bin");

    var commit = taken(workspaces, workspace);
    assertThat(mirror.readFile(commit, "large.bin").map(String::new)).contains(POINTER);
    assertThat(mirror.numstat(base, commit)).hasSize(1);
    Path export = scratch.folder().resolve("export");
    workspaces.export(mirror, commit, export);
    assertThat(Files.readString(export.resolve("large.bin"))).isEqualTo(POINTER);
  }

  private Workspaces workspaces(boolean laid) {
    return laid
        ? new Workspaces(data, mirrors, Templates.where(sandbox, data, 1))
        : new Workspaces(data, mirrors);
  }

  private String withSubmodule(String url) {
    origin.file(
        ".gitmodules", "[submodule \"library\"]\n\tpath = libs/library\n\turl = " + url + "\n");
    origin.file("libs/README", "x\n");
    origin.git("update-index", "--add", "--cacheinfo", "160000," + lib + ",libs/library");
    origin.git("add", ".gitmodules", "libs/README");
    origin.git("commit", "-q", "-m", "With a submodule");
    assertThat(mirror.refresh()).isInstanceOf(GitResult.Ok.class);
    return mirror.resolve("main").orElseThrow();
  }

  private Optional<String> gitlink(String commit) {
    return mirror.submodules(commit).stream().map(MirrorReader.Submodule::commit).findFirst();
  }

  private String taken(Workspaces workspaces, Workspace workspace) throws InterruptedException {
    var out = workspaces.takeOut(workspace, sandbox, "Work", Author.MILLWRIGHT);
    assertThat(out).isInstanceOf(TakeOut.Taken.class);
    return ((TakeOut.Taken) out).commit();
  }

  private Exit inside(Workspace workspace, String line) throws InterruptedException {
    return sandbox.run(Command.shell(line), workspace.box());
  }
}

package dev.millwright.bench;

import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Git;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// What making a workspace and removing it again costs, beside what git and the disk ask for the
/// same files.
final class WorkspacesBench implements Measurement {
  private static final int PARALLEL = 32;

  private final AtomicInteger made = new AtomicInteger();

  @Override
  public boolean withDatabase() {
    return false;
  }

  /// A repository of so many files.
  private record Place(
      Scene scene, Path folder, Size size, Mirror mirror, Mirrors mirrors, Sandbox sandbox) {}

  /// How many files there are, and how often each way is tried.
  private record Size(int count, int runs) {}

  /// One way of having the files: made in a fresh folder, and removed.
  private record Way(Doing make, Doing remove) {}

  @Override
  public void run(Scene scene) throws Exception {
    for (var size : List.of(new Size(50, 20), new Size(20_000, scene.brief() ? 3 : 7))) {
      var folder = scene.stores().folder().resolve("workspaces-" + size.count());
      delete(folder);
      Files.createDirectories(folder);
      try {
        measure(place(scene, folder, size));
      } finally {
        delete(folder);
      }
    }
  }

  private void measure(Place place) throws Exception {
    var mirror = place.mirror().folder();
    measure(place, "files written, no git", written(place));
    measure(
        place,
        "git worktree add",
        new Way(
            fresh -> git(mirror, "worktree", "add", "-q", "--detach", fresh.toString(), "main"),
            made -> git(mirror, "worktree", "remove", "--force", made.toString())));
    measure(
        place,
        "git clone --shared",
        new Way(
            fresh -> git(mirror, "clone", "-q", "--shared", mirror.toString(), fresh.toString()),
            WorkspacesBench::delete));
    var data = place.folder().resolve("data");
    measure(place, "ours, a clone", ours(place, new Workspaces(data, place.mirrors())));
    if (place.size().count() > 10_000) {
      var laid = new Workspaces(data, place.mirrors(), place.sandbox());
      measure(place, "ours, first over a template", 1, ours(place, laid));
      measure(place, "ours, over a template", ours(place, laid));
      edit(place);
      measure(place, "ours, 20 files further on", ours(place, laid));
      status(place, "first git status, a clone", new Workspaces(data, place.mirrors()));
      status(place, "first git status, laid", laid);
      together(place, laid);
    }
  }

  private static Place place(Scene scene, Path folder, Size size) throws Exception {
    var origin = Files.createDirectories(folder.resolve("origin"));
    for (int n = 0; n < size.count(); n++) {
      write(origin.resolve(path(n)), n);
    }
    git(origin, "init", "-q", "-b", "main");
    commit(origin);
    var data = Files.createDirectories(folder.resolve("data"));
    var mirrors = new Mirrors(data);
    var mirror = mirrors.mirror("orders", origin.toString());
    mirror.refresh();
    return switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
      case Detection.Available(var sandbox) ->
          new Place(scene, folder, size, mirror, mirrors, sandbox);
      case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
    };
  }

  /// Twenty files change, as between one landed change and the next.
  private static void edit(Place place) throws Exception {
    var origin = place.folder().resolve("origin");
    for (int n = 0; n < 20; n++) {
      write(origin.resolve(path(n * 100)), n + 1);
    }
    commit(origin);
    place.mirror().refresh();
  }

  private static Way written(Place place) throws IOException {
    var origin = place.folder().resolve("origin");
    var contents = new ArrayList<byte[]>();
    for (int n = 0; n < place.size().count(); n++) {
      contents.add(Files.readAllBytes(origin.resolve(path(n))));
    }
    return new Way(
        fresh -> {
          for (int n = 0; n < contents.size(); n++) {
            var file = fresh.resolve(path(n));
            if (n % 100 == 0) {
              Files.createDirectories(file.getParent());
            }
            Files.write(file, contents.get(n));
          }
        },
        WorkspacesBench::delete);
  }

  private Way ours(Place place, Workspaces workspaces) {
    return new Way(
        fresh -> workspaces.create(name(fresh), 1, place.mirror(), "main"),
        made -> workspaces.remove(workspaces.find(name(made), 1).orElseThrow()));
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private void measure(Place place, String what, Way way) throws Exception {
    measure(place, what, place.size().runs(), way);
  }

  private void measure(Place place, String what, int runs, Way way) throws Exception {
    var making = new double[runs];
    var removing = new double[runs];
    var span = Machine.span(place.scene().stores());
    for (int run = 0; run < runs; run++) {
      var fresh = place.folder().resolve("made-" + made.incrementAndGet());
      making[run] = millis(() -> way.make().with(fresh));
      removing[run] = millis(() -> way.remove().with(fresh));
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("ms to make", middle(making));
    figures.put("ms at best", Arrays.stream(making).min().orElse(0));
    figures.put("ms to remove", middle(removing));
    add(place, what, figures, span);
  }

  private void status(Place place, String what, Workspaces workspaces) throws Exception {
    var times = new double[place.size().runs()];
    var span = Machine.span(place.scene().stores());
    for (int run = 0; run < times.length; run++) {
      var own = workspaces.create("made-" + made.incrementAndGet(), 1, place.mirror(), "main");
      times[run] =
          millis(() -> {
            var exit = place.sandbox().run(Command.of("git", "status", "--short"), own.box());
            if (!exit.succeeded() || !exit.output().both().isEmpty()) {
              throw new IllegalStateException(exit.toString());
            }
          });
      workspaces.remove(own);
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("ms in the sandbox", middle(times));
    add(place, what, figures, span);
  }

  private void together(Place place, Workspaces workspaces) throws Exception {
    var span = Machine.span(place.scene().stores());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var names =
          IntStream.range(0, PARALLEL).mapToObj(_ -> "made-" + made.incrementAndGet()).toList();
      var tasks =
          names.stream()
              .<Callable<Object>>map(
                  name -> () -> workspaces.create(name, 1, place.mirror(), "main"))
              .toList();
      var took =
          millis(() -> {
            for (var task : threads.invokeAll(tasks)) {
              task.get();
            }
          });
      var figures = new LinkedHashMap<String, Double>();
      figures.put("ms for all of them", took);
      add(place, "ours, " + PARALLEL + " at once", figures, span);
      for (var name : names) {
        workspaces.remove(workspaces.find(name, 1).orElseThrow());
      }
    }
  }

  private static void add(
      Place place, String what, Map<String, Double> figures, Machine.Span span) {
    var files = place.size().count() + " files";
    place
        .scene()
        .report()
        .add(new Report.Row("workspaces", files, what, figures, span.foreignCores()));
  }

  private static double millis(Task task) throws Exception {
    var began = System.nanoTime();
    task.run();
    return (System.nanoTime() - began) / 1e6;
  }

  private static double middle(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// A hundred files in a folder.
  private static Path path(int n) {
    return Path.of("part-" + n / 2_000, "folder-" + n / 100, "File" + n + ".java");
  }

  /// About two thousand characters that no other file has.
  private static void write(Path file, int seed) throws IOException {
    var text = new StringBuilder();
    for (int line = 0; line < 40; line++) {
      text.append("int value")
          .append(seed * 31L + line)
          .append(" = combine(")
          .append(Integer.toHexString(seed * 7919 + line))
          .append(", ")
          .append(line)
          .append(");\n");
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void commit(Path origin) {
    git(origin, "add", "-A");
    git(origin, "-c", "user.name=b", "-c", "user.email=b@b", "commit", "-q", "-m", "Change");
  }

  private static void git(Path folder, String... words) {
    if (Git.run(folder, words) instanceof GitResult.Failed(_, var stderr)) {
      throw new IllegalStateException(stderr);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /// Something that is timed.
  private interface Task {
    void run() throws Exception;
  }

  /// Something done with a folder.
  private interface Doing {
    void with(Path folder) throws Exception;
  }
}

package dev.millwright.validation.adapter;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Within;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Checkouts;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Runs checks in the sandbox, each commit in a checkout of its own.
///
/// Dependencies are fetched in steps of their own that may use the network: once per base commit by
/// running its checks, and once more for a change that touches build files. The checks on a change
/// never see a network. Which checks there are is read from the base, so no change can choose its
/// own judge.
public final class SandboxedChecks implements Checks {
  private static final int MOST_REMEMBERED = 200;

  private final Detection detection;
  private final Checkouts checkouts;
  private final Path dataDir;
  private final Supplier<ValidationSettings> settings;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<Memory, List<CheckRun>> remembered = new ConcurrentHashMap<>();

  /// @param settings asked anew for each job, so that a reload counts from the next one on
  public SandboxedChecks(
      Detection detection,
      Checkouts checkouts,
      Path dataDir,
      Supplier<ValidationSettings> settings) {
    this.detection = detection;
    this.checkouts = checkouts;
    this.dataDir = dataDir;
    this.settings = settings;
  }

  /// The check a project is given when nobody names one, as far as its files tell.
  public static Optional<String> found(Path tree) {
    return Toolchain.of(tree).stream().findFirst().map(tool -> tool.check(tree));
  }

  /// The same of a tree of which only the names of files are known.
  public static Optional<String> found(Collection<String> files) {
    return Toolchain.of(files).map(tool -> tool.name().toLowerCase(Locale.ROOT));
  }

  /// What checks said about a base commit, if they ran on it in this process; what they say without
  /// a network counts more.
  public Optional<List<CheckRun>> remembered(String repo, String commit) {
    return remembered.entrySet().stream()
        .filter(it -> it.getKey().repo().equals(repo) && it.getKey().commit().equals(commit))
        .min(Comparator.comparingInt(it -> it.getKey().network() == Network.NONE ? 0 : 1))
        .map(Map.Entry::getValue);
  }

  /// The same base, the same checks, the same conditions: the same answer.
  private record Memory(
      String repo,
      String commit,
      List<Contract.Check> named,
      List<String> setup,
      Network network) {}

  @Override
  public Answer onChange(Job job) throws InterruptedException {
    return withSandbox(
        job,
        bench -> {
          var ready = base(job, bench, bench.preparing());
          var checks = ready.stream().map(CheckRun::check).toList();
          return new Answer.Ran(change(job, bench, checks), ready);
        });
  }

  @Override
  public Answer onBase(Job job) throws InterruptedException {
    return withSandbox(job, bench -> new Answer.Ran(base(job, bench, Network.NONE), List.of()));
  }

  @Override
  public Optional<Diagnostic> caveat() {
    return detection instanceof Detection.Available(var sandbox) && !sandbox.isolates()
        ? Optional.of(
            new Diagnostic(
                Diagnostic.Severity.WARNING,
                "sandbox",
                "NO ISOLATION: agent and checks acted as the factory's user (sandbox.kind is none)",
                null,
                0))
        : Optional.empty();
  }

  /// Something that happens at a bench.
  private interface Step {
    Answer at(Bench bench) throws InterruptedException, IOException;
  }

  private Answer withSandbox(Job job, Step step) throws InterruptedException {
    return switch (detection) {
      case Detection.Missing(var reason, var fix) -> new Answer.Missing(reason, fix);
      case Detection.Available(var sandbox) -> {
        try {
          yield step.at(bench(job, sandbox));
        } catch (Bench.NotReady e) {
          yield new Answer.Missing(
              String.valueOf(e.getMessage()), "mend factory.environment.setup on the base branch");
        } catch (IOException | GitException | Bench.NotStarted e) {
          yield new Answer.Failed("the checks could not be run: " + e.getMessage());
        }
      }
    };
  }

  private Bench bench(Job job, Sandbox sandbox) throws IOException {
    var repo = Within.name(job.contract().route().repo().toLowerCase(Locale.ROOT));
    var now = settings.get();
    var caches = new BuildCaches(dataDir.resolve("caches").resolve(repo), now.mavenSeed(), sandbox);
    return new Bench(sandbox, caches, now, job);
  }

  private List<CheckRun> base(Job job, Bench bench, Network network)
      throws InterruptedException, IOException {
    var route = job.contract().route();
    var setup = job.contract().environment().setup();
    var commit = job.revision().base();
    var memory = new Memory(route.repo(), commit, job.contract().verification(), setup, network);
    var lock = locks.computeIfAbsent(route.repo(), _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      var known = remembered.get(memory);
      if (known != null) {
        return known;
      }
      var fetching = network == Network.HOST;
      job.say().accept((fetching ? "making ready at " : "checking ") + "the base commit " + commit);
      var runs = atCheckout(job, commit, tree -> bench.base(tree, network));
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(memory, runs);
      return runs;
    } finally {
      lock.unlock();
    }
  }

  private List<CheckRun> change(Job job, Bench bench, List<Contract.Check> found)
      throws InterruptedException, IOException {
    return atCheckout(
        job,
        job.revision().commit(),
        tree -> {
          var checks = found.isEmpty() ? bench.checks(tree) : found;
          var lock = locks.computeIfAbsent(job.contract().route().repo(), _ -> new ReentrantLock());
          lock.lockInterruptibly();
          List<CheckRun> unfit;
          try {
            unfit = bench.fetch(tree, job.touched());
          } finally {
            lock.unlock();
          }
          return unfit.isEmpty() ? bench.run(tree, checks, Network.NONE) : unfit;
        });
  }

  /// Something that happens in a checkout.
  private interface Visit {
    List<CheckRun> at(Path tree) throws InterruptedException, IOException;
  }

  private List<CheckRun> atCheckout(Job job, String commit, Visit visit)
      throws InterruptedException, IOException {
    var parent = Files.createDirectories(dataDir.resolve("checks"));
    var folder = Files.createTempDirectory(parent, job.item() + "-");
    try {
      var tree = folder.resolve("tree");
      checkouts.export(job.contract().route().repo(), commit, tree);
      return visit.at(tree);
    } finally {
      CheckFiles.delete(folder);
    }
  }
}

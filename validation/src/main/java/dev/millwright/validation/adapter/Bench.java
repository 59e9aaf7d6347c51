package dev.millwright.validation.adapter;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence.Status;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where the steps of one job are run: one sandbox, one repository's caches, one log.
final class Bench {
  private static final int MOST_RERUN = 5;
  private static final Pattern MAVEN = Pattern.compile("(?:^|[\\s;&|/(])mvnw?(?:\\s|$)");

  private final Sandbox sandbox;
  private final BuildCaches caches;
  private final ValidationSettings settings;
  private final Checks.Job job;

  Bench(Sandbox sandbox, BuildCaches caches, ValidationSettings settings, Checks.Job job) {
    this.sandbox = sandbox;
    this.caches = caches;
    this.settings = settings;
    this.job = job;
  }

  /// A step did not even begin; nothing can be said about the commit.
  static final class NotStarted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStarted(String reason) {
      super(reason);
    }
  }

  /// The repository's setup fails on its own base branch: no change is to blame for that.
  static final class NotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReady(String reason) {
      super(reason);
    }
  }

  /// What steps may reach that set up or fetch.
  Network preparing() {
    return Network.ofPreparing(settings.sandbox());
  }

  /// The checks of the contract, else the one the tree's first build tool stands for.
  List<Contract.Check> checks(Path tree) {
    var named = job.contract().verification();
    return named.isEmpty()
        ? Toolchain.of(tree).stream()
            .limit(1)
            .map(tool ->
                new Contract.Check(
                    tool.name().toLowerCase(Locale.ROOT), tool.check(tree), settings.usualLimit()))
            .toList()
        : named;
  }

  List<CheckRun> base(Path tree, Network network) throws InterruptedException, IOException {
    var unfit = setUp(tree);
    if (!unfit.isEmpty()) {
      var said = unfit.getFirst().findings().getFirst().message();
      throw new NotReady("the setup of the base branch fails: " + said);
    }
    for (var tool : Toolchain.of(tree)) {
      if (tool.keepsInCheckout()) {
        step(tree, tool.fetch(), settings.prepareLimit(), preparing());
      }
    }
    var runs = run(tree, checks(tree), network);
    if (network == Network.HOST && runs.stream().anyMatch(run -> run.status() == Status.FAILED)) {
      fetchRest(tree);
    }
    return runs;
  }

  /// A build whose tests fail ends there. What comes after them is fetched all the same, or the
  /// change that mends the tests would fail without a network.
  private void fetchRest(Path tree) throws InterruptedException, IOException {
    for (var tool : Toolchain.of(tree)) {
      if (!tool.rest().isEmpty()) {
        job.say().accept("fetching what the failing checks did not come to");
        step(tree, tool.rest(), settings.prepareLimit(), preparing());
      }
    }
  }

  /// Fetches what a change needs beyond its base. What it answers, if anything, is a failure that
  /// makes the checks pointless.
  List<CheckRun> fetch(Path tree, Set<String> touched) throws InterruptedException, IOException {
    var unfit = setUp(tree);
    if (!unfit.isEmpty()) {
      return unfit;
    }
    for (var tool : Toolchain.of(tree)) {
      var needed =
          !tool.fetch().isEmpty()
              && (tool.keepsInCheckout() || touched.stream().anyMatch(tool::fetchesAnewFor));
      if (!needed) {
        continue;
      }
      job.say().accept("fetching what the change needs");
      var fetch = new Contract.Check("dependencies", tool.fetch(), settings.prepareLimit());
      var exit = step(tree, tool.fetch(), settings.prepareLimit(), preparing());
      if (!exit.succeeded()) {
        return List.of(judged(fetch, exit, JUnitReports.Read.NOTHING));
      }
    }
    return List.of();
  }

  List<CheckRun> run(Path tree, List<Contract.Check> checks, Network network)
      throws InterruptedException, IOException {
    var runs = new ArrayList<CheckRun>();
    for (var check : checks) {
      var run = once(tree, check, network);
      runs.add(mayBeFlaky(run) ? run.rerun(once(tree, check, network)) : run);
    }
    return runs;
  }

  private CheckRun once(Path tree, Contract.Check check, Network network)
      throws InterruptedException, IOException {
    job.say().accept("running " + check.name() + ": " + check.command());
    CheckFiles.reports(tree, Integer.MAX_VALUE).forEach(CheckFiles::delete);
    var exit = step(tree, check.command(), check.limit(), network);
    var run = judged(check, exit, JUnitReports.read(tree));
    job.say().accept(check.name() + ": " + run.ending());
    return run;
  }

  /// A few failed tests are worth a second look. Maven takes it by itself, on just these tests.
  private static boolean mayBeFlaky(CheckRun run) {
    return !run.failures().isEmpty()
        && run.failures().size() <= MOST_RERUN
        && !MAVEN.matcher(run.check().command()).find();
  }

  /// What it answers, if anything, is the line that failed.
  private List<CheckRun> setUp(Path tree) throws InterruptedException, IOException {
    for (var line : job.contract().environment().setup()) {
      job.say().accept("setting up: " + line);
      var exit = step(tree, line, settings.prepareLimit(), preparing());
      if (!exit.succeeded()) {
        var setup = new Contract.Check("setup", line, settings.prepareLimit());
        return List.of(judged(setup, exit, JUnitReports.Read.NOTHING));
      }
    }
    return List.of();
  }

  private Exit step(Path tree, String line, Duration limit, Network network)
      throws InterruptedException, IOException {
    var box = caches.box(tree, network);
    var limits = Limits.of(settings.sandbox()).withTime(limit);
    var command =
        caches.prepared(
            Command.shell(line)
                .with("JAVA_TOOL_OPTIONS", limits.javaOption())
                .withEnvironment(
                    network == Network.HOST ? settings.networkEnvironment() : java.util.Map.of())
                .withLimits(limits),
            box);
    try (var log =
        Files.newBufferedWriter(job.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      log.write("$ " + line + "\n");
      var exit =
          sandbox.run(
              command,
              box,
              OutputListener.lines(text -> {
                synchronized (log) {
                  append(log, text);
                }
              }));
      log.write("= " + exit.summary() + "\n\n");
      if (exit instanceof Exit.NotStarted(var reason)) {
        throw new NotStarted(reason);
      }
      return exit;
    }
  }

  private static void append(java.io.Writer log, String text) {
    try {
      log.write(text);
      log.write('\n');
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CheckRun judged(Contract.Check check, Exit exit, JUnitReports.Read reports) {
    var status =
        switch (exit) {
          case Exit.Finished(int code, _, _) -> code == 0 ? Status.PASSED : Status.FAILED;
          case Exit.TimedOut _ -> Status.TIMED_OUT;
          case Exit.OutputExceeded _,
              Exit.MemoryExceeded _,
              Exit.DiskExceeded _,
              Exit.Cancelled _,
              Exit.NotStarted _ ->
              Status.FAILED;
        };
    return new CheckRun(
            check,
            status,
            took(exit),
            reports.tests(),
            reports.failures(),
            status == Status.PASSED ? List.of() : findings(check, exit, reports),
            exit.summary())
        .flaky(reports.flaky());
  }

  private static Duration took(Exit exit) {
    return switch (exit) {
      case Exit.Finished(_, _, var took) -> took;
      case Exit.TimedOut(_, var took) -> took;
      case Exit.OutputExceeded(_, var took) -> took;
      case Exit.MemoryExceeded(_, var took) -> took;
      case Exit.DiskExceeded(_, _, var took) -> took;
      case Exit.Cancelled(_, var took) -> took;
      case Exit.NotStarted _ -> Duration.ZERO;
    };
  }

  private static List<Diagnostic> findings(
      Contract.Check check, Exit exit, JUnitReports.Read reports) {
    var output = exit.output().both();
    var found = new ArrayList<>(CompilerOutput.read(output, "/workspace"));
    if (found.isEmpty() && reports.failures().isEmpty()) {
      found.add(
          Diagnostic.error(
              check.name(),
              check.command()
                  + " ended with "
                  + exit.summary().replaceFirst(" after .*", "")
                  + "\n"
                  + CompilerOutput.lastLines(output)));
    }
    return found;
  }
}

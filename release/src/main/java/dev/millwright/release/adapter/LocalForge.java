package dev.millwright.release.adapter;

import dev.millwright.release.port.Forge;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Mirror;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Any git repository as a forge: branches and merges go there by `git push`, reviews are files
/// under the data directory (`forge/<repo>/<number>.json` and `.md`).
///
/// A checkout whose base branch is checked out is left alone unless its owner allows pushes
/// (`receive.denyCurrentBranch`): then landing answers `Refused` with what to type.
public final class LocalForge implements Forge {
  private final String name;
  private final Path folder;
  private final Function<String, Optional<Target>> targets;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, LocalChanges> opened = new HashMap<>();

  /// @param data the data directory of this process
  /// @param targets by the names of the configured repositories
  public LocalForge(
      String name, Path data, Function<String, Optional<Target>> targets, Clock clock) {
    this.name = name;
    this.folder = data.resolve("forge");
    this.targets = targets;
    this.clock = clock;
  }

  /// Where a repository is, and our mirror of it.
  public record Target(String url, Mirror mirror) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public Opened open(Request request) throws InterruptedException {
    var target = targets.apply(request.repo());
    if (target.isEmpty()) {
      return new Opened.Failed("no repository '" + request.repo() + "'");
    }
    try {
      // A branch that was taken away after landing is not published again.
      var known = known(request.repo(), request.item());
      if (known.filter(change -> change.landedWith(request.commit())).isPresent()) {
        return new Opened.Open(Long.toString(known.get().number()), null);
      }
    } catch (IOException e) {
      return new Opened.Failed("cannot read the changes: " + e);
    }
    // Ours alone: a rework may replace what an earlier round pushed.
    var refspec = "+" + request.commit() + ":refs/heads/" + request.branch();
    if (push(target.get(), refspec) instanceof GitResult.Failed(_, var stderr)) {
      return new Opened.Failed("cannot push " + request.branch() + ": " + stderr.strip());
    }
    lock.lockInterruptibly();
    try {
      var changes = changes(request.repo());
      var known = changes.of(request.item().value());
      var now = clock.instant().toString();
      var change =
          known.isPresent()
              ? known.get().proposing(request, now)
              : LocalChange.opened(changes.nextNumber(), request, now);
      changes.describe(change.number(), request.description());
      if (known.isEmpty() || !known.get().equals(change)) {
        changes.keep(change);
      }
      return new Opened.Open(Long.toString(change.number()), null);
    } catch (IOException e) {
      return new Opened.Failed("cannot keep the change: " + e);
    } finally {
      lock.unlock();
    }
  }

  private Optional<LocalChange> known(String repo, ItemId item)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      return changes(repo).of(item.value());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Pending pending(String repo) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return new Pending.Changes(changes(repo).pending());
    } catch (IOException e) {
      return new Pending.Failed("the changes of " + repo + " cannot be read: " + e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Seen look(String repo, ItemId item) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return changes(repo)
          .of(item.value())
          .<Seen>map(change ->
              new Seen.Change(
                  Long.toString(change.number()),
                  change.state(),
                  change.revision().commit(),
                  change.comments().size()))
          .orElseGet(Seen.Absent::new);
    } catch (IOException e) {
      return new Seen.Failed("cannot read the change: " + e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Noted comment(String repo, ItemId item, String key, String text)
      throws InterruptedException {
    return change(repo, item, (change, now) -> change.commented(key, text, now));
  }

  @Override
  public Landed land(Landing landing) throws InterruptedException {
    var target = targets.apply(landing.repo());
    if (target.isEmpty()) {
      return new Landed.Failed("no repository '" + landing.repo() + "'");
    }
    // Not forced: git moves the branch only if the merge's first parent is where it stands.
    var refspec = landing.merge() + ":refs/heads/" + landing.base();
    return switch (push(target.get(), refspec)) {
      case GitResult.Ok _ -> landed(landing);
      case GitResult.Failed(_, var stderr) -> notPushed(landing, target.get(), stderr);
    };
  }

  private Landed landed(Landing landing) throws InterruptedException {
    return switch (settle(landing.repo(), landing.item(), new Ending.Merged(landing.merge()))) {
      case Noted.Done _ -> new Landed.Done();
      // It has landed; the next run finds it on the base branch and notes it then.
      case Noted.Failed(var reason) -> new Landed.Failed(reason);
    };
  }

  /// Where the branch stands now says more than git's words: a push whose answer was lost has
  /// landed, and a branch that moved was somebody else's.
  private Landed notPushed(Landing landing, Target target, String stderr)
      throws InterruptedException {
    var mirror = target.mirror();
    var now =
        mirror.refresh() instanceof GitResult.Ok
            ? mirror.resolve("refs/heads/" + landing.base())
            : Optional.<String>empty();
    if (now.isEmpty() || now.get().equals(landing.onto())) {
      return refusal(landing, target.url(), stderr);
    }
    return mirror.isAncestor(landing.merge(), now.get()) ? landed(landing) : new Landed.Outrun();
  }

  private static Landed refusal(Landing landing, String url, String stderr) {
    var said = stderr.toLowerCase(Locale.ROOT);
    var branch = "millwright/" + landing.item();
    if (said.contains("checked out")) {
      return new Landed.Refused(
          "%s is checked out in %s, and git does not move a branch under somebody's work"
              .formatted(landing.base(), url),
          """
          Take it yourself with `git -C %1$s merge %2$s`, or allow it once with `git -C %1$s config \
          receive.denyCurrentBranch updateInstead`: then it lands whenever that checkout is clean. \
          Looked at again every minute.\
          """
              .formatted(url, branch));
    }
    if (said.contains("unstaged changes")
        || said.contains("uncommitted changes")
        || said.contains("working directory")) {
      return new Landed.Refused(
          "the checkout %s has changes that are not committed".formatted(url),
          "Commit or stash them; it lands by itself within a minute.");
    }
    if (said.contains("hook declined") || said.contains("protected branch")) {
      return new Landed.Refused(
          "%s refuses a push to %s: %s".formatted(url, landing.base(), lastLine(stderr)),
          "Allow the factory's user to push there, or merge `%s` yourself.".formatted(branch));
    }
    return new Landed.Failed("cannot push to %s: %s".formatted(landing.base(), stderr.strip()));
  }

  @Override
  public Noted settle(String repo, ItemId item, Ending ending) throws InterruptedException {
    var landed = ending instanceof Ending.Merged(var commit) ? commit : null;
    // First the branch: while the change is not noted as ended, all of this is done again.
    if (ending.state().ended() && removed(repo, item) instanceof Noted.Failed failed) {
      return failed;
    }
    return change(
        repo,
        item,
        (change, now) -> {
          var said =
              ending
                  .words()
                  .map(words -> change.commented(ending.state() + " " + words, words, now))
                  .orElse(change);
          return change.state() == ending.state() ? said : said.ended(ending.state(), landed, now);
        });
  }

  /// Takes the item's branch away if it still is what the factory made it; what somebody added is
  /// theirs.
  private Noted removed(String repo, ItemId item) throws InterruptedException {
    var target = targets.apply(repo);
    Optional<LocalChange> change;
    try {
      change = known(repo, item);
    } catch (IOException e) {
      return new Noted.Failed("cannot read the changes: " + e);
    }
    if (change.isEmpty() || target.isEmpty() || change.get().state().ended()) {
      return new Noted.Done();
    }
    var mirror = target.get().mirror();
    var branch = "refs/heads/" + change.get().revision().branch();
    if (mirror.refresh() instanceof GitResult.Failed(_, var stderr)) {
      return new Noted.Failed("cannot look at " + branch + ": " + stderr.strip());
    }
    if (!mirror.resolve(branch).equals(Optional.of(change.get().revision().commit()))) {
      return new Noted.Done();
    }
    return push(target.get(), ":" + branch) instanceof GitResult.Failed(_, var stderr)
            && !refuses(stderr)
        ? new Noted.Failed("cannot remove " + branch + ": " + stderr.strip())
        : new Noted.Done();
  }

  /// A repository that keeps its branches will keep them the next time, too.
  private static boolean refuses(String stderr) {
    var said = stderr.toLowerCase(Locale.ROOT);
    return said.contains("rejected") || said.contains("declined") || said.contains("refusing");
  }

  /// What becomes of a change at a time.
  @FunctionalInterface
  private interface Step {
    LocalChange apply(LocalChange change, String now);
  }

  private Noted change(String repo, ItemId item, Step step) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var changes = changes(repo);
      var change = changes.of(item.value());
      if (change.isEmpty()) {
        return new Noted.Failed("there is no change for " + item);
      }
      var next = step.apply(change.get(), clock.instant().toString());
      if (!next.equals(change.get())) {
        changes.keep(next);
      }
      return new Noted.Done();
    } catch (IOException e) {
      return new Noted.Failed("cannot keep the change: " + e);
    } finally {
      lock.unlock();
    }
  }

  private LocalChanges changes(String repo) throws IOException {
    var known = opened.get(repo);
    if (known == null) {
      var place = URLEncoder.encode(repo, StandardCharsets.UTF_8).replace(".", "%2E");
      known = LocalChanges.open(folder.resolve(place));
      opened.put(repo, known);
    }
    return known;
  }

  private static GitResult push(Target target, String refspec) {
    return target.mirror().push(target.url(), List.of(refspec));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce((_, line) -> line).orElse("");
  }
}

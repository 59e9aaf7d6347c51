package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workspace.BranchFolder;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.triage.adapter.folder.TicketFile.Unreadable;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.MadeBoard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A board that needs nothing but a directory, or a branch: a ticket is a Markdown file, called
/// after it. Whoever may write there is trusted as one of the team.
public final class FolderBoard implements Board {
  private static final Logger LOG = LoggerFactory.getLogger(FolderBoard.class);
  public static final String KIND = "folder";
  private static final String PATH = "path";
  private static final String BRANCH = "branch";
  private static final String CHANGES = "millwright/";
  private static final List<String> ACTIVE = List.of("todo", "in progress");
  private static final List<String> TERMINAL = List.of("done", "closed", "cancelled");
  private static final String LINKS = "links";
  private static final int MOST_WORDS = 70;

  private final String name;
  private final List<String> active;
  private final List<String> terminal;
  private final Drawer drawer;
  private final Watch watch;

  private FolderBoard(BoardSettings settings, Drawer drawer) {
    var selection = settings.selection();
    this.name = settings.name();
    this.active = selection.active().isEmpty() ? ACTIVE : selection.active();
    this.terminal = selection.terminal().isEmpty() ? TERMINAL : selection.terminal();
    this.drawer = drawer;
    this.watch = new Watch(drawer, active.getFirst());
  }

  /// The directory is `provider.path`, as the settings resolved it.
  public static MadeBoard make(BoardSettings settings) {
    if (isOnBranch(settings)) {
      return wrong(
          "missing_folder_repo",
          BRANCH,
          "it is a branch of no repository",
          "name the board's repo");
    }
    if (!(settings.provider().get(PATH) instanceof String path) || path.isBlank()) {
      return wrong(
          "missing_folder_path", PATH, "it is missing", "name the directory of the tickets");
    }
    var folder = Path.of(path).toAbsolutePath().normalize();
    return Files.isDirectory(folder)
        ? new MadeBoard.Ready(new FolderBoard(settings, new DirectoryDrawer(folder)))
        : wrong("invalid_folder_path", PATH, "'" + folder + "' is no directory", "make it");
  }

  /// The folder is `provider.path` on `provider.branch` of a repository.
  ///
  /// @param base the branch changes land on, which is nobody's to write without a review
  public static MadeBoard make(BoardSettings settings, Mirror mirror, String base, Clock clock) {
    var branch = String.valueOf(settings.provider().get(BRANCH));
    var path = String.valueOf(settings.provider().getOrDefault(PATH, "")).replaceFirst("/+$", "");
    if (!BranchFolder.isBranch(branch)) {
      var what = "'" + Excerpt.of(branch, 200) + "' is no branch";
      return wrong("invalid_folder_branch", BRANCH, what, "write a name such as tickets");
    }
    if (branch.equals(base) || branch.startsWith(CHANGES)) {
      var what = "'" + branch + "' is where changes are, and the board is written to unreviewed";
      return wrong("invalid_folder_branch", BRANCH, what, "keep the tickets on one of their own");
    }
    if (!BranchFolder.isFolder(path)) {
      var what = "'" + Excerpt.of(path, 200) + "' is no folder of a repository";
      return wrong("invalid_folder_path", PATH, what, "write it as docs/tickets, or leave it out");
    }
    var folder = new BranchFolder(mirror, branch, path);
    return new MadeBoard.Ready(new FolderBoard(settings, new BranchDrawer(folder, clock)));
  }

  /// Whether the settings name a branch, not a directory of this machine.
  public static boolean isOnBranch(BoardSettings settings) {
    return settings.kind().equals(KIND) && settings.provider().containsKey(BRANCH);
  }

  private static MadeBoard wrong(String code, String key, String what, String fix) {
    return new MadeBoard.Unusable(
        List.of(new MadeBoard.Wrong(Fault.Category.CONFIG, code, "provider." + key, what, fix)));
  }

  @Override
  public SignalKey keyOf(Issue issue) {
    return new SignalKey("folder:" + name + "#" + issue.ref().identifier());
  }

  @Override
  public List<String> activeStates() {
    return active;
  }

  @Override
  public List<String> terminalStates() {
    return terminal;
  }

  @Override
  public Answer<List<Issue>> inStates(List<String> states) {
    return states.isEmpty()
        ? new Answer.Got<>(List.of())
        : asked(() -> {
          watch.look();
          return readable(watch.inStates(states));
        });
  }

  @Override
  public Answer<Changes> changedSince(@Nullable String mark) {
    return asked(() -> {
      watch.look();
      var changed = mark == null ? List.<String>of() : watch.since(mark);
      return new Changes(readable(changed), watch.mark());
    });
  }

  @Override
  public Answer<List<Issue>> withIds(List<String> ids) {
    return asked(() -> {
      watch.look();
      var issues = new ArrayList<Issue>();
      for (var id : ids.stream().distinct().toList()) {
        issue(id).ifPresent(issues::add);
      }
      return issues;
    });
  }

  @Override
  public Answer<Remarks> remarks(Issue ticket, @Nullable String mark) {
    return asked(() -> {
      watch.look();
      var id = ticket.ref().id();
      var found = drawer.read(id).orElseThrow(() -> new java.nio.file.NoSuchFileException(id));
      var talk = TicketFile.read(id, found.text(), active.getFirst()).talk();
      var said = mark == null ? "" : talk.since(mark);
      // A branch does not say when. The mark tells what is new, whenever it was said.
      var at = Objects.requireNonNullElse(found.stamp().modified(), Instant.EPOCH);
      return new Remarks(
          said.isEmpty() ? List.of() : List.of(new Remark(said, author(), said, at, null)),
          talk.mark());
    });
  }

  /// A file is read anyway, and those of a branch have no date.
  @Override
  public boolean hearsForFree() {
    return true;
  }

  @Override
  public List<String> unreadable() {
    return watch.unreadable();
  }

  private Author author() {
    return new Author("folder " + name, Author.Trust.MEMBER);
  }

  @Override
  public Answer<Done> comment(String id, String topic, String markdown) {
    return edited(id, "Say how it stands", text -> Sections.with(text, topic, markdown));
  }

  @Override
  public Answer<Done> move(String id, String state) {
    return edited(
        id,
        "Move it to " + state,
        text -> {
          var moved = Sections.inState(text, state);
          return isIn(id, text, state) || !isIn(id, moved, state) ? text : moved;
        });
  }

  @Override
  public Answer<Done> link(String id, String title, URI address) {
    return edited(
        id,
        "Link " + address,
        text -> {
          var links = Sections.of(text, LINKS);
          var line = "- [%s](%s)".formatted(title.replaceAll("[\\[\\]\\r\\n]", " "), address);
          return links.contains("](" + address + ")")
              ? text
              : Sections.with(text, LINKS, links.strip() + "\n" + line);
        });
  }

  private boolean isIn(String id, String text, String state) {
    try {
      return Issue.folded(TicketFile.read(id, text, "").state()).equals(Issue.folded(state));
    } catch (Unreadable e) {
      return false;
    }
  }

  private List<Issue> readable(List<String> ids) throws IOException {
    var issues = new ArrayList<Issue>();
    for (var id : ids) {
      try {
        issue(id).map(Issue::listed).ifPresent(issues::add);
      } catch (Unreadable | java.nio.file.FileSystemException e) {
        LOG.warn(
            "event=TicketUnreadable board={} ticket={} cause=\"{}\"", name, id, e.getMessage());
      }
    }
    return issues;
  }

  private Optional<Issue> issue(String id) throws IOException, Unreadable {
    var found = drawer.read(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var file = TicketFile.read(id, found.get().text(), active.getFirst());
    var blockers =
        file.blockedBy().stream().map(it -> new Issue.Blocker(it, it, watch.state(it))).toList();
    return Optional.of(
        new Issue(
            new Issue.Ref(id, id, null, Map.of()),
            new Issue.Words(file.title(), file.description(), file.labels(), file.branchName()),
            file.state(),
            file.priority(),
            new Issue.Standing(!isBlocked(file, blockers), blockers, file.assignee(), author()),
            new Issue.Times(file.createdAt(), found.get().stamp().modified())));
  }

  /// Only what has not begun waits for others. A blocker that is not there was never done.
  private boolean isBlocked(TicketFile file, List<Issue.Blocker> blockers) {
    return Issue.folded(file.state()).equals(Issue.folded(active.getFirst()))
        && blockers.stream()
            .map(Issue.Blocker::state)
            .anyMatch(state ->
                state == null
                    || terminal.stream()
                        .noneMatch(it -> Issue.folded(it).equals(Issue.folded(state))));
  }

  private Answer<Done> edited(String id, String what, UnaryOperator<String> change) {
    return asked(() -> {
      var message =
          Excerpt.of(what.replaceAll("\\p{Cntrl}", " "), MOST_WORDS) + "\n\nTicket: " + id;
      if (!drawer.edit(id, message, change)) {
        throw new java.nio.file.NoSuchFileException(id);
      }
      return new Done();
    });
  }

  /// What touches the directory.
  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws IOException, Unreadable;
  }

  private static <T> Answer<T> asked(Asking<T> asking) {
    try {
      return new Answer.Got<>(asking.ask());
    } catch (java.nio.file.NoSuchFileException e) {
      return failed(
          Fault.Category.STATUS, "folder_no_such_ticket", "there is no file " + e.getMessage());
    } catch (Unreadable | IOException e) {
      return failed(Fault.Category.RESPONSE, "folder_unreadable", String.valueOf(e.getMessage()));
    }
  }

  private static <T> Answer<T> failed(Fault.Category category, String code, String reason) {
    return new Answer.Failed<>(new Fault(category, code, reason, null));
  }
}

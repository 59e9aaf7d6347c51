package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.workspace.BranchFolder;
import dev.millwright.shared.workspace.BranchFolder.Edited;
import dev.millwright.shared.workspace.BranchFolder.Entry;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A folder of a branch that need not be checked out anywhere: read through the factory's mirror,
/// edited by commits that are pushed at once.
final class BranchDrawer implements Drawer {
  private final BranchFolder folder;
  private final Clock clock;
  private volatile Map<String, Entry> listed = Map.of();

  BranchDrawer(BranchFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Map<String, Stamp> list() throws IOException {
    if (folder.refresh() instanceof GitResult.Failed(_, var why)) {
      throw wrong(folder.branch(), why);
    }
    var found = new HashMap<String, Entry>();
    entries()
        .forEach((name, entry) -> {
          var id = name.replaceFirst("\\.md$", "");
          if (name.endsWith(ENDING) && Drawer.isMeant(id)) {
            found.put(id, entry);
          }
        });
    if (found.size() > MOST_FILES) {
      throw wrong(folder.branch(), "it has more than " + MOST_FILES + " tickets");
    }
    listed = Map.copyOf(found);
    var stamps = new HashMap<String, Stamp>();
    found.forEach((id, entry) -> stamps.put(id, stamp(entry)));
    return stamps;
  }

  private Map<String, Entry> entries() throws IOException {
    try {
      return folder
          .list()
          .orElseThrow(() ->
              wrong(folder.branch(), "the repository has no such branch; make it and push it"));
    } catch (GitException e) {
      throw wrong(folder.branch(), e.getMessage());
    }
  }

  /// As of the last list.
  @Override
  public Optional<Found> read(String id) throws IOException {
    var entry = listed.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.size() > MOST_BYTES) {
      throw wrong(id + ENDING, "larger than " + MOST_BYTES / 1024 + " KiB");
    }
    try {
      var text = folder.read(entry).orElseThrow(() -> wrong(id + ENDING, "not UTF-8"));
      return Optional.of(new Found(text, stamp(entry)));
    } catch (GitException e) {
      throw wrong(id + ENDING, e.getMessage());
    }
  }

  @Override
  public boolean edit(String id, String why, UnaryOperator<String> change) throws IOException {
    try {
      return Drawer.isTicket(id)
          && switch (folder.edit(id + ENDING, change, why, clock.instant())) {
            case Edited.Done _ -> true;
            case Edited.Gone _ -> false;
            case Edited.Failed(var reason) -> throw wrong(id + ENDING, reason);
          };
    } catch (GitException e) {
      throw wrong(id + ENDING, e.getMessage());
    }
  }

  private static Stamp stamp(Entry entry) {
    return new Stamp(null, entry.object());
  }

  private static FileSystemException wrong(String what, @Nullable String why) {
    return new FileSystemException(what, null, why);
  }
}

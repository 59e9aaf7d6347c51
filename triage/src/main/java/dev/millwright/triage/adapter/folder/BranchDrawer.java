package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.workspace.BranchFolder;
import dev.millwright.shared.workspace.BranchFolder.Edited;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A folder of a branch that need not be checked out anywhere: read through the factory's mirror,
/// edited by commits that are pushed at once.
record BranchDrawer(BranchFolder folder, Clock clock) implements Drawer {
  @Override
  public Map<String, Stamp> list() throws IOException {
    if (folder.refresh() instanceof GitResult.Failed(_, var why)) {
      throw new FileSystemException(folder.branch(), null, why);
    }
    var found = new HashMap<String, Stamp>();
    entries()
        .forEach((name, entry) -> {
          var id = name.replaceFirst("\\.md$", "");
          if (name.endsWith(ENDING) && Drawer.isTicket(id)) {
            found.put(id, new Stamp(null, entry.object()));
          }
        });
    if (found.size() > MOST_FILES) {
      throw new FileSystemException(
          folder.branch(), null, "it has more than " + MOST_FILES + " tickets");
    }
    return found;
  }

  /// As of the last list.
  @Override
  public Optional<Found> read(String id) throws IOException {
    var entry = Drawer.isTicket(id) ? entries().get(id + ENDING) : null;
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.size() > MOST_BYTES) {
      throw new FileSystemException(id + ENDING, null, "larger than " + MOST_BYTES / 1024 + " KiB");
    }
    var text = folder.read(entry);
    if (text.isEmpty()) {
      throw new FileSystemException(id + ENDING, null, "not UTF-8");
    }
    return Optional.of(new Found(text.get(), new Stamp(null, entry.object())));
  }

  private Map<String, BranchFolder.Entry> entries() throws IOException {
    try {
      return folder
          .list()
          .orElseThrow(() ->
              new FileSystemException(
                  folder.branch(), null, "the repository has no such branch; make it and push it"));
    } catch (GitException e) {
      throw new FileSystemException(folder.branch(), null, e.getMessage());
    }
  }

  @Override
  public boolean edit(String id, String why, UnaryOperator<String> change) throws IOException {
    if (!Drawer.isTicket(id)) {
      return false;
    }
    try {
      return switch (folder.edit(id + ENDING, change, why, clock.instant())) {
        case Edited.Done _ -> true;
        case Edited.Gone _ -> false;
        case Edited.Failed(var reason) -> throw new FileSystemException(id + ENDING, null, reason);
      };
    } catch (GitException e) {
      throw new FileSystemException(id + ENDING, null, e.getMessage());
    }
  }
}

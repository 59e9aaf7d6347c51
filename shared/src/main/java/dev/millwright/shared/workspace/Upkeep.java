package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what was kept for its time: commits of finished items and their unfinished work,
/// workspaces that nobody could empty, agents' homes, templates. Then packs mirrors that lend
/// nothing. What fails stays for the next day.
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final String INCOMING = "refs/millwright/incoming/";
  private static final Pattern OF_ITEM =
      Pattern.compile("refs/millwright/(?:(?:items|salvage)/([^/]+)/\\d+|bundles/([^/]+))");

  private final Path data;
  private final Mirrors mirrors;
  private final Workspaces workspaces;
  private final InstantSource clock;

  public Upkeep(Path data, Mirrors mirrors, Workspaces workspaces, InstantSource clock) {
    this.data = data;
    this.mirrors = mirrors;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// How long things are kept: work of items that are over, templates since their last use.
  public record Times(Duration work, Duration templates) {}

  /// What a killed process left half done, before anything new is begun.
  public void afterCrash() {
    try {
      mirrors.tidy();
    } catch (IOException kept) {
      LOG.warn("event=ScratchKept folder=mirrors", kept);
    }
    for (var mirror : mirrors.all()) {
      mirror.refs(INCOMING).forEach(ref -> mirror.deleteRef(ref.name()));
    }
    Leftovers.remove(data, Instant.now());
  }

  /// The round of a day.
  ///
  /// @param over whether an item's journey is over; an item nobody knows is
  public void run(Times times, Predicate<String> over) {
    var before = clock.instant().minus(times.work());
    int refs = 0;
    for (var mirror : mirrors.all()) {
      refs += forget(mirror, before, over);
    }
    int left = abandon(before, over);
    int homes = homes(before, over);
    Leftovers.remove(data, Instant.now());
    workspaces.tidy(clock.instant().minus(times.templates()));
    for (var mirror : mirrors.all()) {
      if (workspaces.borrowing(mirror).isEmpty() && mirror.isScattered()) {
        LOG.info("event=MirrorPacked repo={} {}", mirror.repository(), mirror.pack());
      }
    }
    if (refs + left + homes > 0) {
      LOG.info("event=TidiedUp refs={} workspaces={} homes={}", refs, left, homes);
    }
  }

  private static int forget(Mirror mirror, Instant before, Predicate<String> over) {
    int forgotten = 0;
    for (var ref : mirror.refs("refs/millwright/")) {
      var item = OF_ITEM.matcher(ref.name());
      if (item.matches()
          && ref.at().isBefore(before)
          && over.test(item.group(1) == null ? item.group(2) : item.group(1))
          && mirror.deleteRef(ref.name())) {
        forgotten++;
      }
    }
    return forgotten;
  }

  /// Their work could not be taken out when their attempt ended, and nobody came for it since.
  private int abandon(Instant before, Predicate<String> over) {
    int abandoned = 0;
    for (var workspace : workspaces.onDisk()) {
      if (changed(workspace.folder()).isBefore(before) && over.test(workspace.item())) {
        LOG.warn("event=WorkspaceAbandoned folder={}", workspace.folder());
        workspaces.remove(workspace);
        abandoned++;
      }
    }
    return abandoned;
  }

  private int homes(Instant before, Predicate<String> over) {
    int removed = 0;
    for (Path home : list(data.resolve("homes"))) {
      var used = list(home).stream().map(Upkeep::changed).reduce(changed(home), Upkeep::later);
      if (used.isBefore(before) && over.test(home.getFileName().toString())) {
        try {
          Trees.delete(home);
          removed++;
        } catch (IOException kept) {
          LOG.warn("event=HomeKept folder={}", home, kept);
        }
      }
    }
    return removed;
  }

  private static List<Path> list(Path folder) {
    try {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? Trees.list(folder) : List.of();
    } catch (IOException unreadable) {
      LOG.warn("event=FolderNotRead folder={}", folder, unreadable);
      return List.of();
    }
  }

  private static Instant changed(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException gone) {
      return Instant.MAX;
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

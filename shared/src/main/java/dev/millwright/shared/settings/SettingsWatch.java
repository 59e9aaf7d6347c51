package dev.millwright.shared.settings;

import static java.util.stream.Collectors.joining;

import dev.millwright.shared.settings.SettingsFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings in force: read again when their file changes, the last good ones kept.
///
/// Whoever works asks anew each time, so what changed counts from the next attempt on. What the
/// factory is built upon stays as it was at the start; that is said, as is everything that is
/// wrong.
public final class SettingsWatch implements Supplier<FactorySettings>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<Path> files;
  private final Supplier<Reading> again;
  private final Thread thread;
  private volatile FactorySettings now;
  private volatile List<String> problems = List.of();
  private volatile List<String> unusable = List.of();

  private SettingsWatch(FactorySettings first, List<Path> files, Supplier<Reading> again) {
    this.now = first;
    this.files = List.copyOf(files);
    this.again = again;
    this.thread = Thread.ofVirtual().name("settings").unstarted(this::watch);
  }

  /// Settings that come from no file.
  public static SettingsWatch fixed(FactorySettings settings) {
    return new SettingsWatch(settings, List.of(), () -> new Reading.Good(settings, List.of()));
  }

  /// Settings that follow files until they are closed.
  ///
  /// @param first what the files say now
  /// @param again reads the files and whatever else the first reading was made of
  public static SettingsWatch of(List<Path> files, FactorySettings first, Supplier<Reading> again) {
    var live = new SettingsWatch(first, files, again);
    live.thread.start();
    return live;
  }

  @Override
  public FactorySettings get() {
    return now;
  }

  /// What is wrong with the files as they are now, or cannot change while the factory runs; each
  /// with line, key, value and fix.
  public List<String> problems() {
    return problems;
  }

  /// Why the file as it is now is not in force; empty when it is.
  public List<String> unusable() {
    return unusable;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /// What tells one state of the file from another; editors replace files, so nothing of the file
  /// itself is held.
  private record Stamp(FileTime modified, long size) {
    private static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1);

    static List<Stamp> of(List<Path> files) {
      return files.stream().map(Stamp::of).toList();
    }

    private static Stamp of(Path file) {
      try {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException _) {
        return NONE;
      }
    }
  }

  private void watch() {
    // Read once more at first: the file may have changed since it was read for the start.
    List<Stamp> read = List.of();
    var seen = Stamp.of(files);
    try {
      while (true) {
        Thread.sleep(LOOK);
        var found = Stamp.of(files);
        // Only what has come to rest is read: a file half written is nobody's mistake.
        if (!found.equals(read) && found.equals(seen)) {
          read = found;
          reload();
        }
        seen = found;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload() {
    var said = new ArrayList<String>();
    var reading = again.get();
    switch (reading) {
      case Reading.Bad(var wrong, _) ->
          wrong.stream().filter(Problem::isError).map(Problem::toString).forEach(said::add);
      case Reading.Good(var next, _) -> {
        said.addAll(fixed(now, next));
        now = next.foundedOn(now);
      }
    }
    problems = List.copyOf(said);
    // Last, so that whoever finds the settings in force or not finds why as well.
    unusable = reading instanceof Reading.Bad ? problems : List.of();
    LOG.info("event=SettingsRead files={} problems={}", names(), said.size());
    said.forEach(problem -> LOG.warn("event=SettingsProblem problem=\"{}\"", problem));
  }

  private String names() {
    return files.stream().map(file -> String.valueOf(file.getFileName())).collect(joining(","));
  }

  private static List<String> fixed(FactorySettings now, FactorySettings next) {
    var said = new ArrayList<String>();
    compare(said, "server", now.server(), next.server());
    compare(said, "data", now.data(), next.data());
    compare(said, "storage", now.storage().withData(next.data()), next.storage());
    compare(said, "line.signals", now.line().signals(), next.line().signals());
    compare(said, "sandbox.kind", now.sandbox().kind(), next.sandbox().kind());
    return said;
  }

  private static void compare(List<String> said, String key, Object now, Object next) {
    if (!Objects.equals(now, next)) {
      said.add(key + ": cannot change while the factory runs; it counts from the next start on");
    }
  }
}

package dev.millwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the machine is, and who uses its processors: a figure says little without its neighbours.
final class Machine {
  private static final Path PROC = Path.of("/proc");
  private static final double TICKS_PER_SECOND = 100;

  private Machine() {}

  static Map<String, String> describe() {
    var words = new LinkedHashMap<String, String>();
    words.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
    words.put("machine", Runtime.getRuntime().availableProcessors() + " cores, " + processor());
    words.put("java", Runtime.version().toString());
    return words;
  }

  private static String processor() {
    try (var lines = Files.lines(PROC.resolve("cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /// Starts counting; `foreignCores` of the result says what others used since.
  static Span span(Stores stores) {
    return new Span(stores, System.nanoTime(), busy(), own(stores), stores.ticks());
  }

  /// A stretch of time.
  record Span(Stores stores, long startedNanos, long busyTicks, long ownTicks, long storeTicks) {
    double seconds() {
      return (System.nanoTime() - startedNanos) / 1e9;
    }

    double foreignCores() {
      return Math.max(
          0, (busy() - busyTicks - (own(stores) - ownTicks)) / TICKS_PER_SECOND / seconds());
    }

    /// Processor time of this program, its children and the database.
    double ownSeconds() {
      return (own(stores) - ownTicks) / TICKS_PER_SECOND;
    }

    double databaseSeconds() {
      return (stores.ticks() - storeTicks) / TICKS_PER_SECOND;
    }
  }

  /// Everything but idle, waiting for disks, and what a hypervisor took.
  private static long busy() {
    var fields = words(PROC.resolve("stat")).limit(8).skip(1).mapToLong(Long::parseLong).toArray();
    return LongStream.of(fields).sum() - fields[3] - fields[4];
  }

  private static long own(Stores stores) {
    var self = ProcessHandle.current();
    var processes =
        Stream.concat(Stream.of(self), self.descendants()).mapToLong(ProcessHandle::pid);
    return processes.map(Machine::ticks).sum() + stores.ticks();
  }

  /// Ticks of one process and of its children that ended; nothing when it is gone.
  static long ticks(long pid) {
    var fields = words(PROC.resolve(pid + "/stat")).toArray(String[]::new);
    return fields.length < 17 ? 0 : Arrays.stream(fields, 13, 17).mapToLong(Long::parseLong).sum();
  }

  /// A command's name may hold blanks: what is between the parentheses counts as one word.
  private static Stream<String> words(Path file) {
    try {
      return Stream.of(Files.readString(file).replaceFirst("\\(.*\\)", "name").split("\\s+"));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}

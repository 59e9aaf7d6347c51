package dev.millwright.release.adapter;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.shared.workitem.ItemId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The changes of one repository as files: `<number>.json` is the change, `<number>.md` its text.
///
/// A file is whole or not there: written beside, synced, renamed, and the folder synced. One
/// process holds the data directory, so the numbers are counted in memory after one look at the
/// folder. Not safe for several threads; `LocalForge` holds a lock.
final class LocalChanges {
  private static final Pattern FILE = Pattern.compile("([0-9]{1,18})\\.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;
  private final Map<String, Long> numbers = new HashMap<>();
  private long last;

  private LocalChanges(Path folder) {
    this.folder = folder;
  }

  static LocalChanges open(Path folder) throws IOException {
    Files.createDirectories(folder);
    var changes = new LocalChanges(folder);
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          var change = changes.read(Long.parseLong(name.group(1)));
          changes.numbers.put(change.item(), change.number());
          changes.last = Math.max(changes.last, change.number());
        }
      }
    }
    return changes;
  }

  Optional<LocalChange> of(String item) throws IOException {
    var number = numbers.get(item);
    return number == null ? Optional.empty() : Optional.of(read(number));
  }

  Set<ItemId> pending() throws IOException {
    var pending = new HashSet<ItemId>();
    for (var number : numbers.values()) {
      var change = read(number);
      if (!change.state().ended()) {
        pending.add(new ItemId(change.item()));
      }
    }
    return pending;
  }

  long nextNumber() {
    return last + 1;
  }

  /// The text goes first: a change is never seen without one.
  void describe(long number, String description) throws IOException {
    var file = folder.resolve(number + ".md");
    if (!Files.exists(file) || !Files.readString(file).equals(description)) {
      write(file, description);
    }
  }

  void keep(LocalChange change) throws IOException {
    write(folder.resolve(change.number() + ".json"), JSON.writeValueAsString(change) + "\n");
    numbers.put(change.item(), change.number());
    last = Math.max(last, change.number());
  }

  private LocalChange read(long number) throws IOException {
    return JSON.readValue(folder.resolve(number + ".json").toFile(), LocalChange.class);
  }

  private void write(Path file, String content) throws IOException {
    var beside = folder.resolve(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}

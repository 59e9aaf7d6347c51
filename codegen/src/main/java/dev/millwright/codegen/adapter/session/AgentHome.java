package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.Brief;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Where one agent keeps what it remembers about one item, from attempt to attempt.
///
/// @param folder its home, writable for it
/// @param session the file with its session's id, beside the home and so out of its reach
record AgentHome(Path folder, Path session) {
  private static final String ID = "[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}";

  static AgentHome of(Path homes, String agent, Brief brief) throws IOException {
    var item = homes.resolve(brief.workspace().item());
    var name = agent.replaceAll("[^A-Za-z0-9_-]", "_");
    return new AgentHome(
        Files.createDirectories(item.resolve(name)), item.resolve(name + ".session"));
  }

  Optional<String> remembered() {
    try {
      return Files.exists(session)
          ? Optional.of(Files.readString(session)).filter(id -> id.matches(ID))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remember(String id) throws IOException {
    Files.writeString(session, id);
  }

  /// Writes what must be there before the agent starts. The agent owned this folder before, and may
  /// have left links that lead out of it: none is followed.
  void write(String path, String content) throws IOException {
    var target = folder;
    for (var name : Path.of(path)) {
      if (!target.equals(folder) && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(target);
        Files.createDirectory(target);
      }
      target = target.resolve(name);
    }
    Files.deleteIfExists(target);
    Files.writeString(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}

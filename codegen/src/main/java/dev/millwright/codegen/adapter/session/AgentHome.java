package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.Brief;
import dev.millwright.shared.workitem.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
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

  /// The next session starts with nothing.
  void forget() throws IOException {
    Files.deleteIfExists(session);
  }

  /// Whether this very session was told these words before.
  boolean wasTold(String id, String words) throws IOException {
    return Files.exists(told()) && Files.readString(told()).equals(mark(id, words));
  }

  void told(String id, String words) throws IOException {
    Files.writeString(told(), mark(id, words));
  }

  private Path told() {
    return session.resolveSibling(session.getFileName() + ".told");
  }

  private static String mark(String id, String words) {
    var hash = Sha256.of(words.getBytes(StandardCharsets.UTF_8));
    return id + " " + HexFormat.of().formatHex(hash);
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

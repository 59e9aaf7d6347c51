package dev.millwright.triage.adapter.board;

import dev.millwright.triage.adapter.folder.FolderBoard;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.MadeBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
final class FolderContractTest extends BoardContract {
  private static final Pattern COMMENT =
      Pattern.compile(
          "(?s)<!-- millwright:begin (?!links)[^ ]+ -->\n(.*?)\n<!-- millwright:end -->");
  private static final Pattern LINK = Pattern.compile("\\]\\((https[^)]*)\\)\n");

  @TempDir Path folder;

  @Override
  BoardWorld open() {
    var settings =
        Given.settings(FolderBoard.KIND, Map.of("path", folder.toString()), List.of(), List.of());
    return new Drawer(folder, ((MadeBoard.Ready) FolderBoard.make(settings)).board());
  }

  /// Files, written by hand.
  static class Drawer implements BoardWorld {
    private final Path folder;
    private final Board board;
    private int written;

    Drawer(Path folder, Board board) {
      this.folder = folder;
      this.board = board;
    }

    /// Files are as they are now.
    void look() {}

    /// Files were written or deleted.
    void changed() {}

    @Override
    public Board board() {
      return board;
    }

    @Override
    public String todo() {
      return "todo";
    }

    @Override
    public String doing() {
      return "in progress";
    }

    @Override
    public String done() {
      return "done";
    }

    @Override
    public String ticket(String title, String state) {
      var id = "ticket-%03d".formatted(++written);
      write(id, "---\ntitle: %s\nstate: %s\n---\n\nAll of it.\n".formatted(title, state));
      return id;
    }

    @Override
    public void rename(String id, String title) {
      write(id, text(id).replaceFirst("title: .*", "title: " + title));
    }

    @Override
    public void hide(String id) {
      try {
        look();
        Files.delete(file(id));
        changed();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void say(String id, String text) {
      var file = text(id);
      var heading = file.contains("## Comments") ? "\n" : "\n## Comments\n\n";
      write(id, file + heading + text + "\n");
    }

    @Override
    public String stateOf(String id) {
      return text(id)
          .lines()
          .filter(it -> it.startsWith("state: "))
          .findFirst()
          .orElse("")
          .substring(7);
    }

    @Override
    public List<String> commentsOn(String id) {
      return COMMENT.matcher(text(id)).results().map(it -> it.group(1)).toList();
    }

    @Override
    public List<String> linksOn(String id) {
      return LINK.matcher(text(id)).results().map(it -> it.group(1)).toList();
    }

    @Override
    public void close() {}

    private Path file(String id) {
      return folder.resolve(id + ".md");
    }

    private String text(String id) {
      try {
        look();
        return Files.readString(file(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(String id, String text) {
      try {
        Files.createDirectories(folder);
        Files.writeString(file(id), text);
        changed();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

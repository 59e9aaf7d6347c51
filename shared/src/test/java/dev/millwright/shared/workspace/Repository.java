package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A repository with history, as somebody outside would have it.
record Repository(Path folder) {
  static Repository at(Path folder) {
    var made = new Repository(folder);
    made.git("init", "-q", "-b", "main");
    return made;
  }

  Repository file(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Commits everything and answers the commit.
  String commit(String message) {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD").strip();
  }

  String git(String... words) {
    var who =
        Map.of(
            "GIT_AUTHOR_NAME", "Ada",
            "GIT_AUTHOR_EMAIL", "ada@example.com",
            "GIT_COMMITTER_NAME", "Ada",
            "GIT_COMMITTER_EMAIL", "ada@example.com");
    return switch (Git.raw(Git.Call.in(folder, words).with(who)).result()) {
      case GitResult.Ok(var stdout) -> stdout;
      case GitResult.Failed(var code, var stderr) ->
          throw new IllegalStateException(code + " " + stderr);
    };
  }
}

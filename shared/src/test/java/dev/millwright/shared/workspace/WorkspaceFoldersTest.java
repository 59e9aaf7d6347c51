package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
class WorkspaceFoldersTest {
  @TempDir Path data;
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void another_folder_is_remembered_until_nothing_is_left_there() throws IOException {
    assertThat(WorkspaceFolders.enter(data, first)).isEmpty();
    assertThat(WorkspaceFolders.enter(data, first)).isEmpty();

    assertThat(WorkspaceFolders.enter(data, second)).containsExactly(first);
    assertThat(WorkspaceFolders.enter(data, second)).as("killed meanwhile").containsExactly(first);
    WorkspaceFolders.only(data, second);

    assertThat(WorkspaceFolders.enter(data, second)).isEmpty();
    assertThat(WorkspaceFolders.enter(data, first)).containsExactly(second);
  }

  @Test
  void the_usual_folder_is_always_looked_into_and_one_that_is_gone_never() throws IOException {
    var usual = Files.createDirectory(data.resolve("workspaces"));
    var gone = first.resolve("gone");

    assertThat(WorkspaceFolders.enter(data, gone)).containsExactly(usual);
    assertThat(WorkspaceFolders.enter(data, second)).containsExactly(usual);
    assertThat(WorkspaceFolders.enter(data, usual)).containsExactly(second);
  }
}

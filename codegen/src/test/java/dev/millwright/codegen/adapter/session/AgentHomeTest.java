package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentHomeTest {
  @TempDir Path folder;
  private AgentHome home;

  @BeforeEach
  void make() throws IOException {
    home = new AgentHome(Files.createDirectory(folder.resolve("home")), folder.resolve("session"));
  }

  @Test
  void a_link_an_agent_left_is_never_written_through() throws IOException {
    var outside = Files.writeString(folder.resolve("outside"), "mine");
    Files.createDirectory(home.folder().resolve(".codex"));
    Files.createSymbolicLink(home.folder().resolve(".codex/config.toml"), outside);

    home.write(".codex/config.toml", "theirs");

    assertThat(outside).hasContent("mine");
    assertThat(home.folder().resolve(".codex/config.toml")).hasContent("theirs").isRegularFile();
  }

  @Test
  void a_folder_that_became_a_link_is_a_folder_again() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(home.folder().resolve(".codex"), outside);

    home.write(".codex/config.toml", "theirs");

    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_session_is_remembered_if_its_id_is_one() throws IOException {
    home.remember("0199-abc");
    assertThat(home.remembered()).contains("0199-abc");

    home.remember("--dangerous flag");
    assertThat(home.remembered()).isEmpty();
  }

  @Test
  void what_a_session_was_told_is_known_of_that_session_only() throws IOException {
    home.told("0199-abc", "the rules");

    assertThat(home.wasTold("0199-abc", "the rules")).isTrue();
    assertThat(home.wasTold("0199-abc", "other rules")).isFalse();
    assertThat(home.wasTold("0199-def", "the rules")).isFalse();
  }
}

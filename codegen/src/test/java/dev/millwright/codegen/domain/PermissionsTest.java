package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.domain.Permissions.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
  private final Permissions permissions = new Permissions(List.of("/workspace", "/home/agent"));

  @Test
  void commands_are_the_sandboxs_business() {
    assertThat(permissions.refusal(new Wish.Use("rm -rf /"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "src/../a.txt", "/workspace/a.txt", "/home/agent/notes.md"})
  void files_of_its_own_may_be_changed(String path) {
    assertThat(permissions.refusal(new Wish.Edit(path))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/hosts",
        "../../etc/hosts",
        "/workspace/../etc/hosts",
        "/workspaces/a",
        "a\0b"
      })
  void files_elsewhere_may_not(String path) {
    assertThat(permissions.refusal(new Wish.Edit(path)).orElseThrow()).contains("checkout");
  }

  @Test
  void nothing_leads_out() {
    assertThat(permissions.refusal(new Wish.Network("example.com")).orElseThrow())
        .contains("no network");
    assertThat(permissions.refusal(new Wish.More("root")).orElseThrow())
        .contains("more permissions");
  }
}

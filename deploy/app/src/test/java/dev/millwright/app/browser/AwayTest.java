package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.browser.Stay.Shared;
import dev.millwright.app.running.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Stay.class)
class AwayTest {
  @TempDir Path folder;

  @Test
  void a_factory_with_tokens_asks_for_one_and_the_tab_keeps_it(Shared stay) {
    // Any variable that every machine has will do for a token.
    var home = Stay.home(folder, "server: {tokens: {ann: $PATH}}\n");
    try (var server = ServerProcess.start(home);
        var visitor = stay.chromium().visit(server.url())) {
      visitor.expectFailures();
      visitor.open("/review");
      var field = visitor.page().getByLabel("Token");
      visitor.sees(field);
      visitor.page().keyboard().type("not a token");
      visitor.press("Enter");
      visitor.sees("This token is not valid here.");

      field.fill(System.getenv("PATH"));
      visitor.press("Enter");
      visitor.sees("Nothing waits for you");
      visitor.sees("Live");
      visitor.page().reload();
      visitor.sees("Nothing waits for you");
      assertThat(visitor.requests()).noneMatch(it -> it.contains(System.getenv("PATH")));
      assertThat(visitor.page().url()).endsWith("/review");

      visitor.page().getByText("Sign out").click();
      visitor.sees(field);
    }
  }
}

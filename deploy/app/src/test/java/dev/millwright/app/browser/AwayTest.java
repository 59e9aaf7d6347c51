package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.browser.Stay.Shared;
import dev.millwright.app.running.Client;
import dev.millwright.app.running.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Stay.class)
class AwayTest {
  @TempDir Path folder;

  @Test
  void a_killed_factory_is_missed_and_told_about_when_it_is_back(Shared stay) {
    var home = Stay.home(folder, "");
    var first = ServerProcess.start(home);
    try (var visitor = stay.chromium().visit(first.url()).open("/")) {
      var before = new Client(first.url()).signal("before", "worker");
      visitor.sees(visitor.lane("Release").getByText("Do before"));
      visitor.evaluate("window.neverLoadedAgain = true");
      visitor.expectFailures();

      first.kill();
      visitor.sees("The factory does not answer.");
      visitor.sees(visitor.lane("Release").getByText("Do before"));

      try (var second = ServerProcess.start(home, first.url().getPort())) {
        var client = new Client(second.url());
        client.signal("meanwhile", "worker");
        visitor.sees("The factory is back");
        visitor.sees(visitor.lane("Release").getByText("Do meanwhile"));
        visitor.isGone(visitor.page().getByText("The factory does not answer."));
        assertThat(client.item(before).path("status").asText()).isEqualTo("waiting");
        assertThat(visitor.evaluate("window.neverLoadedAgain")).isEqualTo(true);
      }
    } finally {
      first.close();
    }
  }

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

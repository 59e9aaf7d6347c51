package dev.millwright.app.browser;

import dev.millwright.app.running.Client;
import dev.millwright.app.running.Home;
import dev.millwright.app.running.ServerProcess;
import dev.millwright.app.running.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One factory and one browser, for all tests of this package that ask for a `Stay.Shared`.
final class Stay implements ParameterResolver {
  /// Writes something new every time, so that a second attempt changes something too.
  static final String AGAIN = "again";

  /// Says more, and writes more, than a page can show.
  static final String TALKER = "talker";

  private static final Map<String, String> AGENTS =
      Map.of(
          AGAIN,
          "mkdir -p items && echo done >> items/$MILLWRIGHT_ITEM.txt && echo \"wrote <b>it</b>\"",
          TALKER,
          "mkdir -p items && seq -f 'line %.0f of many' 100000 && echo done > items/big.txt"
              + " && seq -f '%.0f is a line that is by no means short, whatever' 100000"
              + " >> items/big.txt");

  private static final String ROOMY =
      """
      policy:
        boundary: {max_files: 1000, max_lines: 1000000}
      boards:
        - {name: backlog, kind: folder, repo: orders, provider: {path: tickets}, every: 2s, required_labels: [agent]}
      webhooks:
        acme: {kind: gitlab, secret: a secret of both}
      """;

  record Shared(ServerProcess server, Client client, Chromium chromium) implements AutoCloseable {
    Visitor visit(String path) {
      return chromium.visit(server.url()).open(path);
    }

    @Override
    public void close() {
      chromium.close();
      server.close();
    }
  }

  static Home home(Path folder, String more) {
    return Home.make(folder, TestDatabase.H2, AGENTS, more);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Shared.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var store = context.getRoot().getStore(ExtensionContext.Namespace.create(Stay.class));
    return store.computeIfAbsent(Shared.class, _ -> start(), Shared.class);
  }

  private static Shared start() {
    try {
      var folder = Files.createTempDirectory("dashboard");
      var tickets = Files.createDirectories(folder.resolve("tickets"));
      Files.writeString(tickets.resolve("pump.md"), "# Mend the pump\n\nIt leaks.\n");
      Files.writeString(tickets.resolve("torn.md"), "---\nstate: [todo\n---\nIt is torn.\n");
      var server = ServerProcess.start(home(folder, ROOMY));
      return new Shared(server, new Client(server.url()), new Chromium());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway.Pass;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Running;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// One process of an agent: started in the sandbox with its home, its workspace and the door to the
/// gateway, spoken to in lines.
///
/// What is said to it goes through a thread of its own: an agent that does not read must not hold
/// up whoever reads it.
final class AgentProcess implements AutoCloseable {
  /// Where a sandbox shows the gateway's door, and the port a relay inside listens on for it.
  private static final String DOORS = "/run/model";

  /// The socket in there for intents.
  static final String INTENTS = "intents";

  private static final int PORT = 18_800;
  private static final int LONGEST_LINE = 16 << 20;
  private static final long MOST_OUTPUT = 4L << 30;
  private static final int LAST_LINES = 20;

  private final Running running;
  private final Protocol protocol;
  private final ExecutorService saying =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final Deque<String> complaints = new ArrayDeque<>();
  private final SessionAgent.Ground ground;
  private volatile Instant lastHeard;

  private AgentProcess(Start start) {
    this.ground = start.ground;
    this.lastHeard = ground.clock().instant();
    this.protocol = start.protocol(this::say);
    this.running = ground.sandbox().start(start.command(), start.box, listening());
    var _ = running.whenEnded().thenAccept(exit -> protocol.ended(exit.summary() + complaints()));
  }

  /// Starts it; what cannot start has ended already.
  ///
  /// @throws IOException its home cannot be made, or its program is not installed
  static AgentProcess start(
      Cast cast,
      SessionAgent.Ground ground,
      Brief brief,
      AgentHome home,
      Pass pass,
      Dialect.Wanted session,
      AgentListener listener)
      throws IOException {
    return new AgentProcess(Start.of(cast, ground, brief, home, pass, session, listener));
  }

  Protocol protocol() {
    return protocol;
  }

  boolean alive() {
    return !running.whenEnded().isDone();
  }

  Optional<Exit> exit() {
    return Optional.ofNullable(running.whenEnded().getNow(null));
  }

  Instant lastHeard() {
    return lastHeard;
  }

  /// The end of what it wrote to stderr.
  String complaints() {
    synchronized (complaints) {
      return complaints.isEmpty() ? "" : "; last words:\n" + String.join("\n", complaints);
    }
  }

  private void say(String line) {
    saying.execute(() -> {
      try {
        OutputStream in = running.input();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
      } catch (IOException e) {
        // It has ended or closed its ears; its end is what counts, and that is heard.
      }
    });
  }

  private OutputListener listening() {
    return new OutputListener() {
      @Override
      public void line(Source source, String line) {
        lastHeard = ground.clock().instant();
        switch (source) {
          case STDOUT -> protocol.heard(line);
          case STDERR -> complain(line);
        }
      }

      @Override
      public int longestLine() {
        return LONGEST_LINE;
      }
    };
  }

  private void complain(String line) {
    synchronized (complaints) {
      complaints.addLast(line.length() > 500 ? line.substring(0, 500) + " …" : line);
      if (complaints.size() > LAST_LINES) {
        complaints.removeFirst();
      }
    }
  }

  @Override
  public void close() {
    running.close();
    protocol.close();
    saying.shutdownNow();
  }

  /// Everything that is decided before a process starts.
  private record Start(
      Cast cast,
      SessionAgent.Ground ground,
      Brief brief,
      Dialect.Wanted session,
      Launch.Place place,
      Program program,
      Box box,
      AgentListener listener) {

    static Start of(
        Cast cast,
        SessionAgent.Ground ground,
        Brief brief,
        AgentHome home,
        Pass pass,
        Dialect.Wanted session,
        AgentListener listener)
        throws IOException {
      var sandbox = ground.sandbox();
      var program = program(cast, ground.searchPath());
      var box =
          brief.workspace().box().writing(home.folder(), Box.HOME).reading(pass.doors(), DOORS);
      box = ground.byDoor() ? box : box.withNetwork(Network.HOST);
      box = box.hiding(cast.dialect().hidden());
      for (var needed : program.needed()) {
        box = box.reading(needed);
      }
      var place =
          new Launch.Place(
              sandbox.inside(box, home.folder()),
              sandbox.inside(box, box.workspace()),
              ground.byDoor() ? "http://127.0.0.1:" + PORT : pass.url(),
              pass.token(),
              cast.model(),
              intents(ground, sandbox.inside(box, pass.doors().resolve(INTENTS))));
      for (var file : cast.dialect().launch(place, session).files().entrySet()) {
        home.write(file.getKey(), file.getValue());
      }
      return new Start(cast, ground, brief, session, place, program, box, listener);
    }

    /// A sandbox that isolates has the relay's program; elsewhere it may be missing.
    private static List<String> intents(SessionAgent.Ground ground, String socket) {
      return ground.sandbox().isolates() || Program.find("socat", ground.searchPath()).isPresent()
          ? List.of("socat", "STDIO", "UNIX-CONNECT:" + socket)
          : List.of();
    }

    /// The program, and node beside it where it is a script.
    private static Program program(Cast cast, String searchPath) throws IOException {
      var name = Cast.first(cast.command());
      var program =
          Program.find(name, searchPath)
              .orElseThrow(() -> new IOException("the program '" + name + "' is not installed"));
      return program.isScript()
          ? Program.find("node", searchPath).map(program::with).orElse(program)
          : program;
    }

    Protocol protocol(Consumer<String> out) {
      var talk = new Dialect.Talk(brief, ground.patience().start(), listener, out);
      return cast.dialect().protocol(place, session, talk);
    }

    Command command() {
      var launch = cast.dialect().launch(place, session);
      var line = "exec " + cast.running(program.file()) + " \"$@\"";
      var words = new ArrayList<>(List.of("/bin/sh", "-c", relay() + line, "agent"));
      words.addAll(launch.words());
      return Command.of(words)
          .withEnvironment(launch.environment())
          .withLimits(ground.limits().withTime(brief.limit()).withOutputBytes(MOST_OUTPUT))
          .interactive();
    }

    private String relay() {
      return ground.byDoor()
          ? "socat TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:%s/door & "
              .formatted(PORT, DOORS)
          : "";
    }
  }
}

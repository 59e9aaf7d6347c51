package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.IntentDesk;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// The intents of one attempt on a UNIX socket that only its sandbox sees, so whoever speaks here
/// is known without a token. What an agent runs for it is `socat`, standing for an MCP server.
final class IntentDoor implements AutoCloseable {
  static final int MOST_BYTES = 256 << 10;
  private static final int MOST_CALLERS = 8;

  private final Path socket;
  private final IntentTools tools;
  private final ServerSocketChannel listening;
  private final Semaphore room = new Semaphore(MOST_CALLERS);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("intents-", 0).factory());

  private IntentDoor(Path socket, IntentDesk desk, ServerSocketChannel listening) {
    this.socket = socket;
    this.tools = new IntentTools(desk);
    this.listening = listening;
  }

  /// @param socket where nothing is yet
  static IntentDoor open(Path socket, IntentDesk desk) throws IOException {
    var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    var door = new IntentDoor(socket, desk, listening);
    door.threads.execute(door::welcome);
    return door;
  }

  private void welcome() {
    try {
      while (true) {
        room.acquire();
        var caller = listening.accept();
        threads.execute(() -> serve(caller));
      }
    } catch (IOException | InterruptedException | RejectedExecutionException e) {
      // Closed: nobody comes in any more.
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        var in = new BufferedInputStream(Channels.newInputStream(caller));
        var out = Channels.newOutputStream(caller)) {
      var line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          // The rest of a line that is too long is read and forgotten.
          if (line.size() <= MOST_BYTES) {
            line.write(next);
          }
          continue;
        }
        var answer = answer(line);
        line.reset();
        if (!answer.isEmpty()) {
          out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // It hung up.
    } finally {
      room.release();
    }
  }

  private String answer(ByteArrayOutputStream line) {
    return line.size() > MOST_BYTES
        ? IntentTools.tooLong(MOST_BYTES)
        : tools.answer(line.toString(StandardCharsets.UTF_8)).orElse("");
  }

  /// When this returns, no intent is being carried out.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    try {
      listening.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      // A socket nobody listens on harms nobody.
    }
  }
}

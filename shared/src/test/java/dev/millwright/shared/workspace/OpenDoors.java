package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a host has that an agent would like to reach. Everything that listens answers one word.
final class OpenDoors implements AutoCloseable {
  private final String word;
  private final List<AutoCloseable> open = new ArrayList<>();

  OpenDoors(String word) {
    this.word = word;
  }

  /// A port on all addresses.
  int tcp() throws IOException {
    var server = new ServerSocket(0);
    open.add(server);
    serve(() -> {
      try (var caller = server.accept()) {
        caller.getOutputStream().write(said());
      }
    });
    return server.getLocalPort();
  }

  int udp() throws IOException {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    open.add(socket);
    serve(() -> {
      var packet = new DatagramPacket(new byte[99], 99);
      socket.receive(packet);
      socket.send(new DatagramPacket(said(), said().length, packet.getSocketAddress()));
    });
    return socket.getLocalPort();
  }

  Path socket(Path path) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    open.add(server);
    serve(() -> {
      try (var caller = server.accept()) {
        caller.write(ByteBuffer.wrap(said()));
      }
    });
    return path;
  }

  /// A socket with a name and no path, as session buses have.
  String abstractSocket() throws IOException {
    String name = "millwright-" + UUID.randomUUID();
    var server =
        process(
            "WORD",
            word,
            "perl",
            "-MSocket",
            "-e",
            "socket(L,AF_UNIX,SOCK_STREAM,0); bind(L,pack_sockaddr_un(\"\\0$ARGV[0]\")) or die;"
                + " listen(L,5); $| = 1; print \"up\\n\";"
                + " while (accept(C,L)) { print C $ENV{WORD}; close C }",
            name);
    if (server.getInputStream().read() < 0) {
      throw new IOException("nobody listens");
    }
    return name;
  }

  /// A process of the host's with one variable.
  Process process(String variable, String value, String... words) throws IOException {
    var builder = new ProcessBuilder(words);
    builder.environment().put(variable, value);
    var process = Spawner.start(builder);
    open.add(process::destroyForcibly);
    return process;
  }

  private byte[] said() {
    return (word + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Answers one caller.
  private interface Answering {
    void once() throws IOException;
  }

  private static void serve(Answering answering) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              answering.once();
            }
          } catch (IOException _) {
            // Closed.
          }
        });
  }

  @Override
  public void close() {
    try {
      for (var one : open) {
        one.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}

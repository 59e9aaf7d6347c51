package dev.millwright.codegen.adapter.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The one thing a sandbox without a network can reach: a UNIX socket whose other end is the
/// gateway's port and nothing else.
final class Door implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final Path folder;
  private final int port;
  private final ServerSocketChannel listening;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Door(Path folder, int port, ServerSocketChannel listening) {
    this.folder = folder;
    this.port = port;
    this.listening = listening;
  }

  /// @param folder a fresh folder; sockets have short names, so it must not be deep
  static Door open(Path folder, int port) throws IOException {
    var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(folder.resolve("door")));
    var door = new Door(folder, port, listening);
    Thread.ofVirtual().name("door").start(door::welcome);
    return door;
  }

  Path folder() {
    return folder;
  }

  private void welcome() {
    try {
      while (true) {
        var inside = listening.accept();
        open.add(inside);
        Thread.ofVirtual().start(() -> join(inside));
      }
    } catch (IOException e) {
      // Closed: nobody comes in any more.
    }
  }

  private void join(SocketChannel inside) {
    try (inside;
        var outside =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      outside.setOption(StandardSocketOptions.TCP_NODELAY, true);
      open.add(outside);
      var back = Thread.ofVirtual().start(() -> pump(outside, inside));
      pump(inside, outside);
      back.join();
      open.remove(outside);
    } catch (IOException e) {
      // One of the two hung up; closing both tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(inside);
    }
  }

  private static void pump(SocketChannel from, SocketChannel into) {
    var chunk = ByteBuffer.allocate(CHUNK);
    try {
      while (from.read(chunk) >= 0) {
        chunk.flip();
        while (chunk.hasRemaining()) {
          into.write(chunk);
        }
        chunk.clear();
      }
      into.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(into);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      Files.deleteIfExists(folder.resolve("door"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An empty folder that stays in the temporary folder harms nobody.
    }
    open.forEach(Door::close);
  }
}

package dev.millwright.shared.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream of a process to its end: into the capture, and line by line to the listener. On
/// a platform thread, because reading a pipe blocks the thread that carries it.
final class Pump {
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final int CHUNK_BYTES = 16 * 1024;

  private final InputStream stream;
  private final OutputListener.Source source;
  private final Capture capture;
  private final OutputListener listener;
  private final IntConsumer counted;
  private final int longestLine;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Thread thread;
  private volatile boolean silent;

  Pump(
      InputStream stream,
      OutputListener.Source source,
      Capture capture,
      OutputListener listener,
      IntConsumer counted) {
    this.stream = stream;
    this.source = source;
    this.capture = capture;
    this.listener = listener;
    this.counted = counted;
    this.longestLine = listener.longestLine();
    this.thread = Thread.ofPlatform().daemon().name("pump-" + source).unstarted(this::work);
  }

  Pump start() {
    thread.start();
    return this;
  }

  /// Waits for the end of the stream, but not for ever: something that fled the kill may hold it.
  void finish(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    silent = true;
  }

  private void work() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        capture.add(buffer, read);
        counted.accept(read);
        split(buffer, read);
      }
    } catch (IOException _) {
      // The pipe was closed under us because the process was killed: that is the end of it.
    }
    if (line.size() > 0) {
      say();
    }
  }

  private void split(byte[] buffer, int length) {
    int from = 0;
    for (int at = 0; at < length; at++) {
      if (buffer[at] == '\n') {
        keep(buffer, from, at);
        say();
        from = at + 1;
      }
    }
    keep(buffer, from, length);
  }

  private void keep(byte[] buffer, int from, int to) {
    line.write(buffer, from, Math.max(0, Math.min(to - from, longestLine - line.size())));
  }

  private void say() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (silent) {
      return;
    }
    try {
      listener.line(source, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (RuntimeException broken) {
      silent = true;
      LOG.warn("event=OutputListenerFailed", broken);
    }
  }
}

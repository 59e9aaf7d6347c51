package dev.millwright.shared.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/// Keeps the head and the tail of one stream; what lies between is counted and forgotten.
final class Capture {
  private final int headLimit;
  private final int tailLimit;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ArrayDeque<byte[]> tail = new ArrayDeque<>();
  private long tailBytes;
  private long dropped;

  Capture(int headLimit, int tailLimit) {
    this.headLimit = headLimit;
    this.tailLimit = tailLimit;
  }

  synchronized void add(byte[] buffer, int length) {
    int intoHead = Math.min(length, headLimit - head.size());
    head.write(buffer, 0, intoHead);
    if (intoHead < length) {
      byte[] rest = java.util.Arrays.copyOfRange(buffer, intoHead, length);
      tail.add(rest);
      tailBytes += rest.length;
    }
    while (!tail.isEmpty() && tailBytes - tail.getFirst().length >= tailLimit) {
      int gone = tail.removeFirst().length;
      tailBytes -= gone;
      dropped += gone;
    }
  }

  synchronized boolean truncated() {
    return dropped > 0;
  }

  synchronized byte[] bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    tail.forEach(all::writeBytes);
    return all.toByteArray();
  }

  synchronized String text() {
    if (dropped == 0) {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
    var end = new ByteArrayOutputStream();
    tail.forEach(end::writeBytes);
    return head.toString(StandardCharsets.UTF_8)
        + "\n[... "
        + dropped
        + " bytes left out ...]\n"
        + end.toString(StandardCharsets.UTF_8);
  }
}

package dev.millwright.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive HTTP connection that posts signals; next to no work of its own, because it shares
/// the processors with the server.
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final String head;

  /// What came back.
  record Answer(int status, boolean retryAfter) {}

  Wire(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
    head =
        "POST /api/v1/signals HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nContent-Type: application/json\r\nContent-Length: ";
  }

  Answer post(String key) throws IOException {
    var body =
        "{\"key\": \""
            + key
            + "\", \"title\": \"Orders fail when the basket is empty\", \"repo\": \"orders\","
            + " \"labels\": [\"bug\"], \"body\": \"Placing an order with an empty basket answers"
            + " 500. It should answer 422 and say why.\"}";
    var request = head + body.length() + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var status = Integer.parseInt(line().split(" ")[1]);
    var length = 0;
    var retryAfter = false;
    for (var header = line(); !header.isEmpty(); header = line()) {
      var lower = header.toLowerCase(Locale.ROOT);
      retryAfter |= lower.startsWith("retry-after:");
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    in.skipNBytes(length);
    return new Answer(status, retryAfter);
  }

  private String line() throws IOException {
    var text = new StringBuilder(64);
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

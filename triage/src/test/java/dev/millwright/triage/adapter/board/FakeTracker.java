package dev.millwright.triage.adapter.board;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A provider on loopback: real HTTP, with entity tags. It remembers what it was asked and can be
/// told to misbehave.
abstract class FakeTracker implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean down;

  FakeTracker() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// What the provider answers when it behaves.
  abstract Said answer(Asked question);

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Everything it was asked, in order.
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  void forget() {
    asked.clear();
  }

  /// What becomes of the next questions, one each; later ones are answered again.
  void next(Trouble... several) {
    troubles.addAll(List.of(several));
  }

  /// Answers nothing but 500 for as long as that is so.
  void down(boolean now) {
    down = now;
  }

  /// A question that is answered as usual, before trouble.
  Trouble usual() {
    return this::behave;
  }

  /// No answer before the end.
  Trouble hang() {
    return (_, _) -> await(Long.MAX_VALUE);
  }

  /// An answer that begins and never ends.
  Trouble trickle() {
    return (exchange, _) -> {
      exchange.sendResponseHeaders(200, 0);
      var body = exchange.getResponseBody();
      while (!await(20)) {
        body.write('[');
        body.flush();
      }
    };
  }

  static Trouble hangUp() {
    return (_, _) -> {};
  }

  static Trouble say(int status, String body, String... headers) {
    var all = new LinkedHashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return (exchange, _) -> send(exchange, new Said(status, all, body));
  }

  /// Answers with everything it was sent, secrets included.
  static Trouble echo(int status) {
    return (exchange, asked) -> send(exchange, new Said(status, Map.of(), asked.toString()));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  private boolean await(long milliseconds) {
    try {
      return closing.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var question = Asked.read(exchange);
      asked.add(question);
      var trouble = troubles.poll();
      (trouble == null ? usual() : trouble).happen(exchange, question);
    }
  }

  private void behave(HttpExchange exchange, Asked question) throws IOException {
    var said = down ? Said.of(500, "{}") : understood(question);
    if (question.method().equals("GET") && said.status() == 200) {
      var tag = "\"" + Integer.toHexString(said.body().hashCode()) + "\"";
      exchange.getResponseHeaders().set("ETag", tag);
      if (tag.equals(question.header("If-none-match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
    }
    send(exchange, said);
  }

  /// A fake that breaks says so, where the test sees it.
  private Said understood(Asked question) {
    try {
      return answer(question);
    } catch (RuntimeException | AssertionError e) {
      return Said.of(500, "the fake broke: " + e);
    }
  }

  private static void send(HttpExchange exchange, Said said) throws IOException {
    said.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    var bytes = said.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /// What happens to one question.
  @FunctionalInterface
  interface Trouble {
    void happen(HttpExchange exchange, Asked question) throws IOException;
  }

  /// An answer.
  record Said(int status, Map<String, String> headers, String body) {
    static Said ok(String body) {
      return new Said(200, Map.of(), body);
    }

    static Said of(int status, String body) {
      return new Said(status, Map.of(), body);
    }
  }

  /// A question.
  ///
  /// @param path as it was sent, encoded
  record Asked(
      String method, String path, String query, Map<String, List<String>> headers, String body) {

    static Asked read(HttpExchange exchange) throws IOException {
      var uri = exchange.getRequestURI();
      return new Asked(
          exchange.getRequestMethod(),
          uri.getRawPath(),
          uri.getRawQuery() == null ? "" : uri.getRawQuery(),
          Map.copyOf(exchange.getRequestHeaders()),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /// The first value of a header, spelled as `If-none-match`.
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    Map<String, String> parameters() {
      var parameters = new LinkedHashMap<String, String>();
      for (var pair : query.split("&", -1)) {
        var at = pair.indexOf('=');
        if (at > 0) {
          parameters.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
        }
      }
      return parameters;
    }

    /// The parts of the path, decoded.
    List<String> segments() {
      return List.of(path.substring(1).split("/", -1)).stream().map(Asked::decoded).toList();
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }
}

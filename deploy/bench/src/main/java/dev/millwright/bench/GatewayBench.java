package dev.millwright.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.codegen.adapter.gateway.Budgets;
import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Ledger;
import dev.millwright.codegen.adapter.gateway.Upstream;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway.Pass;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// What the model gateway adds to a call, and that a stream of any length takes no memory: a
/// provider on loopback, asked directly and through the gateway by turns.
final class GatewayBench implements Measurement {
  private static final int CHUNK = 64 << 10;
  private static final String EVENT =
      "data: {\"type\":\"response.output_text.delta\",\"delta\":\"" + "x".repeat(900) + "\"}\n\n";
  private static final String END =
      "data: {\"type\":\"response.completed\",\"response\":{\"usage\":"
          + "{\"input_tokens\":1000,\"output_tokens\":10}}}\n\n";
  private static final String WHOLE =
      "{\"object\":\"response\",\"output\":\""
          + "x".repeat(900)
          + "\",\"usage\":"
          + "{\"input_tokens\":1000,\"output_tokens\":10}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong written = new AtomicLong();

  @Override
  public boolean withDatabase() {
    return false;
  }

  @Override
  public void run(Scene scene) throws Exception {
    var folder = scene.stores().fresh(Stores.Kind.H2).data();
    var provider = provider();
    var url = URI.create("http://127.0.0.1:" + provider.getAddress().getPort());
    try (var gateway = gateway(folder, url);
        var pass = gateway.admit(brief(folder), "bench")) {
      var calls = scene.brief() ? 1_000 : 5_000;
      for (var bytes : List.of(4 << 10, 200 << 10)) {
        for (var events : List.of(0, 20)) {
          var shape = new Shape(bytes, events);
          timed(scene, pass, url, shape, calls / 5); // warms up, and is not told
          scene.report().add(timed(scene, pass, url, shape, calls));
        }
      }
      var megabytes = scene.brief() ? 256 : 1_024;
      var large = "/v1/responses?large=" + megabytes;
      scene.report().add(large(scene, "large stream, direct", url + large, pass));
      scene.report().add(large(scene, "large stream, gateway", pass.url() + large, pass));
      scene.report().add(slow(scene, pass));
    } finally {
      provider.stop(0);
    }
  }

  /// A request of so many bytes, answered by so many events, or at once.
  private record Shape(int bytes, int events) {
    String body() {
      return "{\"model\":\"m\",\"max_output_tokens\":10,\"stream\":%s,\"input\":\"%s\"}"
          .formatted(events > 0, "x".repeat(bytes));
    }

    @Override
    public String toString() {
      return bytes / 1024 + " KiB, " + (events == 0 ? "one answer" : events + " events");
    }
  }

  private HttpServer provider() throws IOException {
    // Read once, by whichever server is first; else both sides wait 40 ms for each other.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var uri = exchange.getRequestURI().toString();
      var streamed = new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8);
      if (uri.contains("large=")) {
        stream(exchange, Long.parseLong(uri.substring(uri.indexOf('=') + 1)) << 20);
      } else if (streamed.contains("\"stream\":true")) {
        stream(exchange, 20L * EVENT.length());
      } else {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, WHOLE.length());
        exchange.getResponseBody().write(WHOLE.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void stream(HttpExchange exchange, long bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    // As providers do: each event as it is ready. The large ones are many at once.
    var piece = EVENT.repeat(bytes > 1 << 20 ? 32 : 1).getBytes(StandardCharsets.UTF_8);
    for (long sent = 0; sent < bytes; sent += piece.length) {
      out.write(piece);
      out.flush();
      written.addAndGet(piece.length);
    }
    out.write(END.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static HttpGateway gateway(Path folder, URI url) throws IOException {
    var model =
        new ModelSettings(
            "bench",
            "openai-responses",
            url,
            new Secret("sk-bench-0123456789"),
            "another-name",
            new ModelSettings.Price(1, 1, 10),
            new ModelSettings.Rate(1_000_000_000, 0));
    var clock = Clock.systemUTC();
    var most = new Budgets.Most(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    return HttpGateway.start(
        _ -> List.of(Upstream.of(model).orElseThrow()),
        new Budgets(Ledger.open(folder.resolve("spending"), clock), () -> most),
        folder.resolve("exchanges"),
        clock);
  }

  private static Brief brief(Path folder) {
    var mirror = new Mirrors(folder).mirror("bench", "none");
    var place = new Workspace("bench", 1, folder, mirror, "0".repeat(40));
    return new Brief(new ItemId("bench"), 1, Map.of(), place, Duration.ofHours(1));
  }

  private HttpRequest request(String url, String token, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /// By turns, so that whatever else the machine does meets both alike.
  private Report.Row timed(Scene scene, Pass pass, URI url, Shape shape, int calls)
      throws Exception {
    var direct = request(url + "/v1/responses", pass.token(), shape.body());
    var through = request(pass.url() + "/v1/responses", pass.token(), shape.body());
    var first = new long[2][calls];
    var whole = new long[2][calls];
    var span = Machine.span(scene.stores());
    for (int i = 0; i < calls; i++) {
      time(direct, i, first[0], whole[0]);
      time(through, i, first[1], whole[1]);
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("ms p50 direct", millis(whole[0], 0.5));
    figures.put("ms p50 gateway", millis(whole[1], 0.5));
    figures.put("ms added p50", millis(whole[1], 0.5) - millis(whole[0], 0.5));
    figures.put("ms added p99", millis(whole[1], 0.99) - millis(whole[0], 0.99));
    figures.put("ms added p50 to the first byte", millis(first[1], 0.5) - millis(first[0], 0.5));
    return row(shape.toString(), figures, span);
  }

  private void time(HttpRequest request, int call, long[] first, long[] whole) throws Exception {
    long began = System.nanoTime();
    try (var in = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      var chunk = new byte[CHUNK];
      int read = in.read(chunk);
      first[call] = System.nanoTime() - began;
      while (read >= 0) {
        read = in.read(chunk);
      }
    }
    whole[call] = System.nanoTime() - began;
  }

  private static double millis(long[] nanos, double quantile) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
  }

  private Report.Row large(Scene scene, String what, String url, Pass pass) throws Exception {
    var span = Machine.span(scene.stores());
    var before = heap();
    long bytes = 0;
    try (var in = open(url, pass)) {
      var chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        bytes += read;
      }
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("MiB", bytes / (double) (1 << 20));
    figures.put("MiB/s", bytes / (double) (1 << 20) / span.seconds());
    figures.put("MiB of heap more afterwards", (heap() - before) / (double) (1 << 20));
    return row(what, figures, span);
  }

  /// A reader that stops after the first bytes: how far does the provider get ahead of it?
  private Report.Row slow(Scene scene, Pass pass) throws Exception {
    var span = Machine.span(scene.stores());
    var before = heap();
    written.set(0);
    var figures = new LinkedHashMap<String, Double>();
    try (var in = open(pass.url() + "/v1/responses?large=4096", pass)) {
      long read = in.readNBytes(CHUNK).length;
      for (long last = -1; last != written.get(); ) {
        last = written.get();
        Thread.sleep(2_000);
      }
      figures.put(
          "MiB ahead of a reader that stopped", (written.get() - read) / (double) (1 << 20));
      figures.put("MiB of heap more meanwhile", (heap() - before) / (double) (1 << 20));
    }
    return row("back-pressure", figures, span);
  }

  private InputStream open(String url, Pass pass) throws Exception {
    var request = request(url, pass.token(), new Shape(16, 1).body());
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private static long heap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Report.Row row(String what, Map<String, Double> figures, Machine.Span span) {
    return new Report.Row("gateway", "-", what, figures, span.foreignCores());
  }
}

package dev.millwright.codegen.adapter.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/// A reverse proxy on loopback between agents and models.
///
/// Agents show a token of their attempt; the provider's key is put in its place here and leaves
/// this process only towards the provider. Bodies pass through as they arrive, in both memory and
/// time: a slow reader slows the writer.
public final class HttpGateway implements ModelGateway, AutoCloseable {
  static {
    // The JDK's server else holds a short write back until the other side has acknowledged the one
    // before, and that side takes its 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int TOKEN_BYTES = 24;
  private static final String TOKEN_START = "mw-";
  private static final int MOST_REQUEST = 32 << 20;

  private final HttpServer server;
  private final Forwarding forwarding;
  private final Function<String, List<Upstream>> models;
  private final Budgets budgets;
  private final Path kept;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, AttemptPass> passes = new ConcurrentHashMap<>();

  private HttpGateway(
      HttpServer server,
      Function<String, List<Upstream>> models,
      Budgets budgets,
      Path kept,
      InstantSource clock) {
    this.server = server;
    this.models = models;
    this.budgets = budgets;
    this.kept = kept;
    this.clock = clock;
    this.forwarding =
        new Forwarding(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build(),
            clock);
  }

  /// Listens on a free port of loopback.
  ///
  /// @param models behind each agent's name, the first that answers is taken
  /// @param kept the folder where exchanges lie until whoever was admitted puts them away
  public static HttpGateway start(
      Function<String, List<Upstream>> models, Budgets budgets, Path kept, InstantSource clock)
      throws IOException {
    Files.createDirectories(kept);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var gateway = new HttpGateway(server, models, budgets, kept, clock);
    server.createContext("/", gateway::serve);
    server.setExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory()));
    server.start();
    return gateway;
  }

  @Override
  public Pass admit(Brief brief, String agent) {
    return admit(Guest.of(brief), agent);
  }

  /// Lets somebody in who has no workspace, under the same budgets.
  public Pass admit(Guest guest, String agent) {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var token = TOKEN_START + HexFormat.of().formatHex(bytes);
    try {
      var folder =
          Files.createTempDirectory(
              "mw-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var behind = models.apply(agent);
      var pass =
          new AttemptPass(
              new AttemptPass.Way(token, Door.open(folder, port()), "http://127.0.0.1:" + port()),
              behind,
              budgets.open(guest),
              exchanges(guest, agent, token, behind),
              clock,
              () -> passes.remove(token));
      passes.put(token, pass);
      return pass;
    } catch (IOException e) {
      throw new UncheckedIOException("no place for the gateway's door", e);
    }
  }

  private Exchanges exchanges(Guest guest, String agent, String token, List<Upstream> behind) {
    var keys = behind.stream().map(model -> model.settings().key().reveal());
    return new Exchanges(
        kept.resolve(guest.item() + "-" + guest.attempt() + ".jsonl"),
        agent,
        Stream.concat(Stream.of(token), keys).toList(),
        clock);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var wire = Wire.at(uri.getPath());
      var pass = pass(exchange);
      if (pass.isEmpty()) {
        answer(exchange, wire, 401, "this token is not, or no longer, worth anything");
      } else if (wire.isEmpty() || !exchange.getRequestMethod().equals("POST")) {
        answer(exchange, wire, 404, "the factory's gateway has no " + uri.getPath());
      } else {
        var body = exchange.getRequestBody().readNBytes(MOST_REQUEST + 1);
        if (body.length > MOST_REQUEST) {
          answer(exchange, wire, 413, "the request is larger than the gateway takes");
        } else {
          forwarding.forward(Question.of(exchange, body), wire.get(), pass.get());
        }
      }
    }
  }

  /// The token comes where each provider's clients put their key.
  private Optional<AttemptPass> pass(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    return Stream.of("Authorization", "x-api-key", "x-goog-api-key")
        .map(headers::getFirst)
        .filter(java.util.Objects::nonNull)
        .map(value -> value.replaceFirst("(?i)^Bearer ", "").strip())
        .map(passes::get)
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }

  static void answer(HttpExchange exchange, Optional<Wire> wire, int status, String message)
      throws IOException {
    var body =
        wire.orElse(Wire.RESPONSES).refusal(message).toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    List.copyOf(passes.values()).forEach(AttemptPass::close);
    server.stop(0);
    forwarding.close();
  }
}

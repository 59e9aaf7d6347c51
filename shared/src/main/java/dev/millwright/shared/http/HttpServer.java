package dev.millwright.shared.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/// Listens, lets requests through the gate to their endpoints, and writes every failure as an
/// `ApiError`.
public final class HttpServer {
  /// The most a request body may have.
  public static final int MOST_BODY_BYTES = 1 << 20;

  private static final int MOST_ANSWER_SECONDS = 20;
  private static final Duration FIRST_REQUEST_WITHIN = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(3);

  /// Parsed once, not for each answer.
  private static final List<HttpHeader> GUARDS =
      List.of(
          HttpHeader.parse("X-Content-Type-Options", "nosniff"),
          HttpHeader.parse("Referrer-Policy", "no-referrer"),
          HttpHeader.parse("Cross-Origin-Resource-Policy", "same-origin"),
          HttpHeader.parse("Cross-Origin-Opener-Policy", "same-origin"),
          HttpHeader.parse(
              "Content-Security-Policy",
              "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action"
                  + " 'none'"));

  private final Parts parts;
  private final Gate gate;
  private final Failures failures = new Failures();
  private final Bodies bodies;

  /// What a server is made of.
  public record Parts(HttpSettings settings, Api api, Traffic traffic, EventStream streams) {}

  private HttpServer(ActorSystem<?> system, Parts parts) {
    this.parts = parts;
    this.gate = new Gate(parts.settings());
    this.bodies = new Bodies(system);
  }

  /// A server that listens.
  public record Bound(ServerBinding binding, EventStream streams) {
    public InetSocketAddress address() {
      return binding.localAddress();
    }

    /// Takes no new connection, ends event streams, lets requests in flight finish for a moment.
    public CompletionStage<Done> stop() {
      streams.stop();
      return binding.terminate(GRACE).thenApply(_ -> Done.getInstance());
    }
  }

  /// The server cannot listen; the message is for the operator.
  public static final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListen(String message) {
      super(message);
    }
  }

  /// Listens, or fails with `CannotListen`: a port that is taken, an address that is not this
  /// machine's, or settings that would let strangers in.
  public static CompletionStage<Bound> start(ActorSystem<?> system, Parts parts) {
    var settings = parts.settings();
    var refusal = settings.refusal();
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(new CannotListen(refusal.get()));
    }
    var server = new HttpServer(system, parts);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(tuned(system))
        .bindFlow(server.connection())
        .handle((binding, failure) -> {
          if (failure != null) {
            throw new CannotListen(
                "cannot listen on %s port %d: another program has it, or the address is not this"
                        .formatted(settings.host(), settings.port())
                    + " machine's");
          }
          return new Bound(binding, parts.streams());
        });
  }

  private static ServerSettings tuned(ActorSystem<?> system) {
    var settings = ServerSettings.create(system.classicSystem());
    var timeouts =
        settings
            .getTimeouts()
            .withRequestTimeout(scala.concurrent.duration.Duration.create(60, TimeUnit.SECONDS));
    return settings
        .withTimeouts(timeouts)
        .withServerHeader(Optional.empty())
        .withRemoteAddressAttribute(true)
        .withTransparentHeadRequests(true)
        .withVerboseErrorMessages(false)
        // what strangers send must not fill the log
        .withParserSettings(settings.getParserSettings().withIllegalHeaderWarnings(false))
        .withParsingErrorHandler(ParsingErrors.class.getName());
  }

  /// One connection: its requests in turn. Who connects and then sends no whole request soon is cut
  /// off, so that it costs nothing to be slow on purpose.
  private Flow<HttpRequest, HttpResponse, NotUsed> connection() {
    return Flow.of(HttpRequest.class)
        .initialTimeout(FIRST_REQUEST_WITHIN)
        .recoverWithRetries(1, TimeoutException.class, Source::empty)
        .mapAsync(1, this::serve);
  }

  private CompletionStage<HttpResponse> serve(HttpRequest request) {
    CompletionStage<HttpResponse> answer;
    var start = System.nanoTime();
    var path = "unknown";
    try {
      var match = parts.api().find(request);
      path = match.endpoint().operation().path();
      answer = answer(match, request);
    } catch (RuntimeException e) {
      answer = bodies.drop(request).handle((_, _) -> failures.response(e, request));
    }
    var declared = path;
    return answer.thenApply(response -> {
      var took = Duration.ofNanos(System.nanoTime() - start);
      parts.traffic().count(kind(request, declared, response), took);
      return guarded(response);
    });
  }

  private CompletionStage<HttpResponse> answer(Api.Match match, HttpRequest request) {
    var operation = match.endpoint().operation();
    var caller = gate.admit(request, operation);
    var query = Api.query(operation, request);
    return bodies
        .read(operation, request)
        .thenCompose(body ->
            match.endpoint().handler().handle(new Call(request, caller, match.path(), query, body)))
        .toCompletableFuture()
        .orTimeout(MOST_ANSWER_SECONDS, TimeUnit.SECONDS)
        .exceptionally(failure -> failures.response(failure, request));
  }

  private static Traffic.Kind kind(HttpRequest request, String path, HttpResponse response) {
    return new Traffic.Kind(request.method().name(), path, response.status().intValue());
  }

  /// No page of another origin may read, frame or be opened by ours; nothing is sniffed.
  private static HttpResponse guarded(HttpResponse response) {
    return response.addHeaders(GUARDS);
  }
}

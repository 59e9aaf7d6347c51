package dev.millwright.triage.adapter.board;

import dev.millwright.shared.http.Json;
import dev.millwright.triage.port.Board.Fault.Category;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One question on its way to a provider and back, held to a deadline and a size, and asked once
/// more if it is a read and the first try was a hiccup.
final class Exchange {
  private static final int MOST_REDIRECTS = 3;

  private final BoardNetwork network;
  private final Access access;
  private final Ask ask;
  private final @Nullable String tag;
  private final long deadline;

  /// @param tag of the answer that is known already
  Exchange(BoardNetwork network, Access access, Ask ask, @Nullable String tag) {
    this.network = network;
    this.access = access;
    this.ask = ask;
    this.tag = tag;
    this.deadline = System.nanoTime() + network.limits.exchange().toNanos();
  }

  HttpResponse<String> run() throws Silence {
    try {
      var response = once();
      if (!ask.reads() || !isHiccup(response)) {
        return response;
      }
    } catch (Silence silence) {
      if (!ask.reads() || !silence.hiccup) {
        throw silence;
      }
    }
    pause();
    network.repeated.increment();
    return once();
  }

  private static boolean isHiccup(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case 502, 504 -> true;
      case 503 -> response.headers().firstValue("retry-after").isEmpty();
      default -> false;
    };
  }

  private void pause() throws Silence {
    var most = network.limits.pauseOfRepeat().toMillis();
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private HttpResponse<String> once() throws Silence {
    var uri = URI.create(access.base() + ask.target());
    for (int followed = 0; ; followed++) {
      var response = sent(request(uri));
      var next = followed < MOST_REDIRECTS ? redirect(uri, response) : Optional.<URI>empty();
      if (next.isEmpty()) {
        return response;
      }
      uri = next.get();
    }
  }

  private HttpRequest request(URI uri) {
    var request = HttpRequest.newBuilder(uri).header("User-Agent", "millwright");
    access.headers().forEach(request::header);
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    var body = ask.body();
    if (body == null) {
      return request.method(ask.method(), BodyPublishers.noBody()).build();
    }
    request.header("Content-Type", "application/json");
    return request.method(ask.method(), BodyPublishers.ofByteArray(Json.bytes(body))).build();
  }

  /// Where to ask instead, on the same server; credentials go to no other.
  private Optional<URI> redirect(URI from, HttpResponse<?> response) {
    var follow =
        switch (response.statusCode()) {
          case 301, 302 -> ask.method().equals("GET");
          case 307, 308 -> true;
          default -> false;
        };
    if (!follow) {
      return Optional.empty();
    }
    try {
      return response
          .headers()
          .firstValue("location")
          .map(from::resolve)
          .filter(it -> from.getScheme().equals(it.getScheme()))
          .filter(it -> from.getRawAuthority().equalsIgnoreCase(it.getRawAuthority()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private HttpResponse<String> sent(HttpRequest request) throws Silence {
    var most = network.limits.mostBytes();
    var left = deadline - System.nanoTime();
    network.sent.increment();
    var answer =
        network.http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), most));
    try {
      return answer.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      answer.cancel(true);
      var whole = network.limits.exchange().toMillis();
      throw new Silence("no whole answer within " + whole + " ms", false);
    } catch (InterruptedException _) {
      answer.cancel(true);
      throw interrupted();
    } catch (ExecutionException e) {
      throw silence(e.getCause());
    }
  }

  private static Silence interrupted() {
    Thread.currentThread().interrupt();
    return new Silence(Category.REQUEST, "api_request", "it was called back", false, false);
  }

  private Silence silence(@Nullable Throwable cause) {
    for (var it = cause; it != null; it = it.getCause()) {
      if (String.valueOf(it.getMessage()).startsWith("body exceeds capacity")) {
        var reason = "the answer is larger than " + network.limits.mostBytes() + " bytes";
        return new Silence(Category.RESPONSE, "answer_too_large", reason, false, false);
      }
    }
    return switch (cause) {
      case HttpConnectTimeoutException _ -> new Silence("no connection in time", true);
      case ConnectException _ -> new Silence("no connection", true);
      case IOException e -> new Silence("the connection failed: " + e.getMessage(), true);
      case null, default -> new Silence("the exchange failed: " + cause, false);
    };
  }

  /// Why there is no answer.
  static final class Silence extends Exception {
    private static final long serialVersionUID = 1L;

    final Category category;
    final String suffix;
    final boolean hiccup;
    final boolean outage;

    private Silence(String reason, boolean hiccup) {
      this(Category.REQUEST, "api_request", reason, hiccup, true);
    }

    /// @param hiccup whether asking again may help
    /// @param outage whether it tells something about the address
    private Silence(
        Category category, String suffix, String reason, boolean hiccup, boolean outage) {
      super(reason);
      this.category = category;
      this.suffix = suffix;
      this.hiccup = hiccup;
      this.outage = outage;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}

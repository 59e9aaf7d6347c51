package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.port.Board.Answer;
import dev.millwright.triage.port.Board.Fault;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.Board.RateLimit;
import dev.millwright.triage.port.Board.Reach;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks one provider with one set of credentials.
///
/// Every exchange has a deadline, up to its last byte, and a largest answer. A read is asked once
/// more after a hiccup, a write never. Who asks to be left alone is, and so is who does not answer.
/// Redirects are followed on the same server only. What is thrown names no secret.
final class BoardClient {
  private static final int MOST_REMEMBERED = 1_000;
  private static final long MOST_REMEMBERED_BYTES = 8 << 20;

  private final BoardNetwork network;
  private final Access access;
  private final Circuit circuit;
  private final Remembered remembered = new Remembered(MOST_REMEMBERED, MOST_REMEMBERED_BYTES);
  private final Lock writes = new ReentrantLock();
  private volatile Instant quietUntil = Instant.MIN;
  private volatile @Nullable RateLimit limit;

  BoardClient(BoardNetwork network, Access access) {
    this.network = network;
    this.access = access;
    this.circuit = network.circuit(access);
  }

  /// Asks, and gives back a success, or that there is no such thing if the question allows for it.
  Reply send(Ask ask) throws BoardException {
    var now = network.clock.instant();
    if (now.isBefore(quietUntil)) {
      var left = Duration.between(now, quietUntil);
      throw failed(Category.RATE_LIMITED, "rate_limited", "it still wants to be left alone", left);
    }
    var open = circuit.enter(now);
    if (open.isPresent()) {
      throw failed(Category.REQUEST, "circuit_open", "it did not answer lately", open.get());
    }
    var known = ask.method().equals("GET") ? remembered.of(ask.target()) : null;
    return reply(ask, known, exchange(ask, known == null ? null : known.tag()));
  }

  /// How the provider can be reached now.
  Reach reach() {
    var now = network.clock.instant();
    if (now.isBefore(quietUntil)) {
      return new Reach(Reach.Circuit.OPEN, quietUntil, limit);
    }
    return circuit
        .openUntil()
        .map(until ->
            now.isBefore(until)
                ? new Reach(Reach.Circuit.OPEN, until, limit)
                : new Reach(Reach.Circuit.HALF_OPEN, null, limit))
        .orElseGet(() -> new Reach(Reach.Circuit.CLOSED, null, limit));
  }

  /// Writes one after the other: looking and writing are one, and providers ask for it.
  <T> Answer<T> writing(BoardException.Work<T> work) {
    writes.lock();
    try {
      return BoardException.answer(work);
    } finally {
      writes.unlock();
    }
  }

  /// The JSON of an answer.
  JsonNode json(Reply reply) throws BoardException {
    try {
      return reply.json();
    } catch (IOException _) {
      throw failed(Category.RESPONSE, "unknown_payload", "the answer is not JSON", null);
    }
  }

  /// A fault in the words of this provider: its code begins with the kind.
  BoardException failed(
      Category category, String suffix, String reason, @Nullable Duration retryAfter) {
    return named(category, access.kind() + "_" + suffix, reason, retryAfter);
  }

  /// A fault whose code is known outside as it is.
  BoardException named(
      Category category, String code, String reason, @Nullable Duration retryAfter) {
    var whole = access.base().getHost() + ": " + access.shown(reason);
    return new BoardException(new Fault(category, code, whole, retryAfter));
  }

  /// For a provider that says inside an answer that too much was asked: nobody asks for a while.
  BoardException limited(Reply reply) {
    return limited(RateLimits.pause(reply.headers(), network.clock.instant()));
  }

  private BoardException limited(Duration pause) {
    network.limited.increment();
    quietUntil = network.clock.instant().plus(pause);
    var reason = "it wants to be left alone for " + pause.toSeconds() + " s";
    return failed(Category.RATE_LIMITED, "rate_limited", reason, pause);
  }

  private HttpResponse<String> exchange(Ask ask, @Nullable String tag) throws BoardException {
    var told = false;
    try {
      var response = new Exchange(network, access, ask, tag).run();
      told = true;
      if (response.statusCode() >= 500) {
        circuit.failed(network.clock.instant());
      } else {
        circuit.answered();
      }
      return response;
    } catch (Exchange.Silence silence) {
      if (silence.outage) {
        told = true;
        circuit.failed(network.clock.instant());
      }
      throw failed(silence.category, silence.suffix, silence.reason(), null);
    } finally {
      if (!told) {
        circuit.left();
      }
    }
  }

  private Reply reply(Ask ask, Remembered.@Nullable Entry known, HttpResponse<String> response)
      throws BoardException {
    var status = response.statusCode();
    RateLimits.said(response.headers(), network.clock.instant()).ifPresent(it -> limit = it);
    if (status == 304 && known != null) {
      network.unchanged.increment();
      return new Reply(200, known.headers(), known.body(), false);
    }
    var reply = new Reply(status, response.headers(), response.body(), true);
    if (status / 100 == 2) {
      var tag = reply.header("etag");
      if (ask.method().equals("GET") && !tag.isEmpty()) {
        remembered.keep(ask.target(), new Remembered.Entry(tag, reply.headers(), response.body()));
      }
      return reply;
    }
    if (ask.mayBeGone() && reply.isGone()) {
      return reply;
    }
    var pause =
        RateLimits.pause(status, response.headers(), response.body(), network.clock.instant());
    if (pause.isPresent()) {
      throw limited(pause.get());
    }
    var path = ask.target().replaceFirst("\\?.*", "");
    var reason = ask.method() + " " + path + " answered " + status + ": " + response.body();
    throw failed(Category.STATUS, "api_status", reason, null);
  }
}

package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.ModelGateway.Trouble;
import dev.millwright.shared.workitem.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One call on its way to a model and back. What fails before a byte of the answer has arrived is
/// tried again, then on the next model; an answer that has begun is passed on, whatever it is.
final class Forwarding implements AutoCloseable {
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final HttpClient client;
  private final InstantSource clock;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  Forwarding(HttpClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  void forward(Question question, Wire wire, AttemptPass pass) throws IOException {
    if (pass.trouble().isEmpty()) {
      pass.traffic(); // Asking again and again without an answer is silence.
    }
    var models = pass.models(wire);
    if (models.isEmpty()) {
      var reason = "no model is configured for this agent";
      refuse(question, wire, pass, new Trouble(FailureKind.AUTH, reason, Optional.empty()));
      return;
    }
    var asks = pass.recorded().quote(question.body());
    for (int i = 0; i < models.size(); i++) {
      var model = models.get(i);
      var most = Budgets.Amount.of(model, question.expected());
      var over = pass.purse().reserve(most);
      if (over.isPresent()) {
        refuse(question, wire, pass, over.get());
        return;
      }
      var bill = new Bill(model, pass.purse(), pace(model), most);
      try {
        var answer = ask(question, model, most.tokens(), pass);
        var last = i + 1 == models.size();
        if (!last && answer.map(it -> Verdicts.passing(it.statusCode())).orElse(true)) {
          answer.ifPresent(Forwarding::drop);
          continue;
        }
        if (answer.isPresent()) {
          new Answering(question, model, pass, bill, asks).pass(answer.get());
        } else {
          unreachable(question, model, pass);
        }
        return;
      } finally {
        bill.settle(Wire.Tokens.NONE);
      }
    }
  }

  private Pace pace(Upstream model) {
    return paces.computeIfAbsent(model.name(), _ -> new Pace(clock));
  }

  private static void refuse(Question question, Wire wire, AttemptPass pass, Trouble trouble)
      throws IOException {
    pass.failed(trouble);
    HttpGateway.answer(question.exchange(), Optional.of(wire), 403, trouble.reason());
  }

  private static void unreachable(Question question, Upstream model, AttemptPass pass)
      throws IOException {
    var reason = model.name() + " cannot be reached";
    pass.failed(new Trouble(FailureKind.OUTSIDE, reason, Optional.empty()));
    HttpGateway.answer(question.exchange(), Optional.of(model.wire()), 502, reason);
  }

  /// Asks until there is an answer that will not change by asking again at once.
  private Optional<HttpResponse<InputStream>> ask(
      Question question, Upstream model, long tokens, AttemptPass pass) throws IOException {
    var request = question.to(model);
    for (int tried = 1; ; tried++) {
      try {
        if (!pace(model).enter(model.settings().rate(), tried == 1 ? tokens : 0, pass)) {
          return Optional.empty();
        }
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        var pause = Verdicts.retryAfter(answer).orElse(Duration.ofMillis(250L << tried));
        if (!Verdicts.passing(answer.statusCode())
            || tried == TRIES
            || pause.compareTo(LONGEST_PAUSE) > 0) {
          return Optional.of(answer);
        }
        drop(answer);
        Thread.sleep(pause);
      } catch (IOException e) {
        if (tried == TRIES || pass.closed()) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the gateway is closing");
      }
    }
  }

  private static void drop(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      // It is not wanted any more.
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

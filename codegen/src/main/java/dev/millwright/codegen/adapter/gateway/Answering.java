package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.adapter.gateway.Exchanges.Quote;
import dev.millwright.codegen.port.ModelGateway.Trouble;
import dev.millwright.shared.workitem.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Passes a model's answer on as it comes, and sees what it was: counted, kept for the audit, and
/// known to be whole or not.
///
/// @param asks what was asked, as it will be kept
record Answering(
    Question question, Upstream model, AttemptPass pass, Bill bill, CompletableFuture<Quote> asks) {
  private static final int CHUNK = 16 * 1024;
  private static final int MOST_REFUSAL = 64 * 1024;

  void pass(HttpResponse<InputStream> answer) throws IOException {
    var kept = pass.recorded().begin(model.name(), question.path(), asks);
    copyHeaders(answer);
    if (answer.statusCode() < 300) {
      stream(answer, kept);
    } else {
      refusal(answer, kept);
    }
  }

  /// The provider's own words: agents know them. Some repeat the key they were shown.
  private void refusal(HttpResponse<InputStream> answer, Exchanges.Exchange kept)
      throws IOException {
    var words = new String(answer.body().readNBytes(MOST_REFUSAL), StandardCharsets.UTF_8);
    answer.body().close();
    var key = model.settings().key();
    var clean = key.isEmpty() ? words : words.replace(key.reveal(), "[secret]");
    var bytes = clean.getBytes(StandardCharsets.UTF_8);
    int status = answer.statusCode();
    pass.failed(Verdicts.of(model.name(), status, clean, Verdicts.retryAfter(answer)));
    kept.says(bytes, bytes.length);
    kept.ended(status, Wire.Tokens.NONE, 0, true);
    question.exchange().sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    question.exchange().getResponseBody().write(bytes);
  }

  private void stream(HttpResponse<InputStream> answer, Exchanges.Exchange kept)
      throws IOException {
    pass.traffic();
    var type = answer.headers().firstValue("content-type").orElse("");
    var meter = new Meter(model.wire(), type.startsWith("text/event-stream"));
    question.exchange().sendResponseHeaders(answer.statusCode(), 0);
    boolean gone = false;
    try (var in = answer.body();
        var out = question.exchange().getResponseBody()) {
      try {
        var chunk = new byte[CHUNK];
        pass.hearing(in);
        for (int read = in.read(chunk); read >= 0; read = gone ? -1 : in.read(chunk)) {
          pass.traffic();
          meter.passed(chunk, read);
          kept.says(chunk, read);
          gone = pass.closed() || !told(out, chunk, read);
        }
      } finally {
        pass.heard(in);
        // Before the agent hears the end: its turn, or the factory, may be over the moment it does.
        meter.ended();
        count(meter, kept, answer.statusCode(), gone);
      }
    } catch (IOException e) {
      // The model hung up, which is seen in what did not come.
    }
  }

  /// Whether the agent still listens; one that left has not been failed by its model.
  private static boolean told(OutputStream out, byte[] chunk, int length) {
    try {
      out.write(chunk, 0, length);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// An answer that broke off was no reply, but may have to be paid for.
  private void count(Meter meter, Exchanges.Exchange kept, int status, boolean gone) {
    var cost = model.microDollars(meter.tokens());
    bill.settle(meter.tokens());
    pass.paid(meter.tokens(), cost);
    if (meter.whole()) {
      pass.replied();
    } else if (!gone) {
      var reason = model.name() + " broke off in the middle";
      pass.failed(new Trouble(FailureKind.OUTSIDE, reason, Optional.empty()));
    }
    kept.ended(status, meter.tokens(), cost, meter.whole());
  }

  private void copyHeaders(HttpResponse<InputStream> answer) {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (Question.passes(name)) {
            question.exchange().getResponseHeaders().put(name, values);
          }
        });
  }
}

package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one session asked of models and was answered, for the audit: lines of JSON in a file that
/// grows while it happens, without the keys, and bounded.
///
/// | line | fields beside `agent` and `call`, its number |
/// |---|---|
/// | the request | `at`, `model`, `path`, `asks` |
/// | the answer, piece by piece | `says` |
/// | the end | `at`, `status`, `input`, `cached`, `output`, `micro_dollars`, `whole` |
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MOST_CHARACTERS = 64L << 20;
  private static final int PIECE = 16 << 10;

  private final Path file;
  private final String agent;
  private final List<String> secrets;
  private final InstantSource clock;
  private final AtomicLong calls = new AtomicLong();
  private volatile CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
  private long written;

  /// @param file where others of the same attempt may write too
  /// @param secrets what must not be in it
  Exchanges(Path file, String agent, Collection<String> secrets, InstantSource clock) {
    this.file = file;
    this.agent = agent;
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  /// The file, if anything was said; all that was asked until now is in it.
  Optional<Path> file() {
    asking.join();
    return calls.get() == 0 ? Optional.empty() : Optional.of(file);
  }

  /// What is asked, made fit for the file while a model is asked.
  CompletableFuture<Quote> quote(byte[] asks) {
    return CompletableFuture.supplyAsync(
        () -> Quote.of(new Redaction(secrets).all(asks)), Thread::startVirtualThread);
  }

  /// Words as they stand in JSON.
  record Quote(int length, String json) {
    static Quote of(String words) {
      return new Quote(words.length(), TextNode.valueOf(words).toString());
    }
  }

  /// @param asks it is in the file before anything of the answer is, and that before the agent has
  ///   heard the answer's end
  Exchange begin(String model, String path, CompletableFuture<Quote> asks) {
    var call = calls.incrementAndGet();
    var line = line(call).put("at", now()).put("model", model).put("path", path);
    var asked =
        asks.thenAcceptAsync(quote -> write(line, "asks", quote), Thread::startVirtualThread);
    synchronized (this) {
      asking = CompletableFuture.allOf(asking, asked);
    }
    return new Exchange(call, asked);
  }

  private ObjectNode line(long call) {
    return JSON.createObjectNode().put("agent", agent).put("call", call);
  }

  /// One request and its answer.
  final class Exchange {
    private final long call;
    private final CompletableFuture<Void> asked;
    private final Redaction redaction = new Redaction(secrets);
    private final StringBuilder heard = new StringBuilder();

    private Exchange(long call, CompletableFuture<Void> asked) {
      this.call = call;
      this.asked = asked;
    }

    /// Called by one thread. A stream's many small pieces become fewer lines.
    void says(byte[] bytes, int length) {
      heard.append(redaction.passed(bytes, length));
      if (heard.length() > PIECE) {
        tell();
      }
    }

    private void tell() {
      if (!heard.isEmpty()) {
        asked.join();
        write(line(call), "says", Quote.of(heard.toString()));
        heard.setLength(0);
      }
    }

    void ended(int status, Wire.Tokens tokens, long microDollars, boolean whole) {
      heard.append(redaction.ended());
      tell();
      asked.join();
      var line = line(call).put("at", now()).put("status", status);
      line.put("input", tokens.input()).put("cached", tokens.cached());
      line.put("output", tokens.output()).put("micro_dollars", microDollars);
      append(line.put("whole", whole));
    }
  }

  private String now() {
    return clock.instant().toString();
  }

  private synchronized void write(ObjectNode line, String field, Quote words) {
    written += words.length();
    if (written > MOST_CHARACTERS) {
      append(line.put("left_out", words.length()));
    } else {
      append(line.putRawValue(field, new RawValue(words.json())));
    }
  }

  /// One write a line: sessions of one attempt share the file.
  private void append(ObjectNode line) {
    try {
      Files.write(
          file,
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.error("event=ExchangeNotKept agent={} file={}", agent, file, e);
    }
  }
}

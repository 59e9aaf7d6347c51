package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
  private long written;

  /// @param file where others of the same attempt may write too
  /// @param secrets what must not be in it
  Exchanges(Path file, String agent, Collection<String> secrets, InstantSource clock) {
    this.file = file;
    this.agent = agent;
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  /// The file, if anything was said.
  Optional<Path> file() {
    return calls.get() == 0 ? Optional.empty() : Optional.of(file);
  }

  Exchange begin(String model, String path, byte[] asks) {
    var exchange = new Exchange(calls.incrementAndGet());
    var redaction = new Redaction(secrets);
    var line = exchange.line().put("at", now()).put("model", model).put("path", path);
    write(line, "asks", redaction.passed(asks, asks.length) + redaction.ended());
    return exchange;
  }

  /// One request and its answer.
  final class Exchange {
    private final long call;
    private final Redaction redaction = new Redaction(secrets);
    private final StringBuilder heard = new StringBuilder();

    private Exchange(long call) {
      this.call = call;
    }

    private ObjectNode line() {
      return JSON.createObjectNode().put("agent", agent).put("call", call);
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
        write(line(), "says", heard.toString());
        heard.setLength(0);
      }
    }

    void ended(int status, Wire.Tokens tokens, long microDollars, boolean whole) {
      heard.append(redaction.ended());
      tell();
      var line = line().put("at", now()).put("status", status);
      line.put("input", tokens.input()).put("cached", tokens.cached());
      line.put("output", tokens.output()).put("micro_dollars", microDollars);
      append(line.put("whole", whole));
    }
  }

  private String now() {
    return clock.instant().toString();
  }

  private synchronized void write(ObjectNode line, String field, String words) {
    written += words.length();
    if (written > MOST_CHARACTERS) {
      append(line.put("left_out", words.length()));
    } else {
      append(line.put(field, words));
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

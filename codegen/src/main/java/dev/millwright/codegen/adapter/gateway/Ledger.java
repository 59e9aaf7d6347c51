package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each call of a model cost, a line of JSON a call and a file a day, written as it is paid:
/// the day's sum is known again after any crash of this process.
public final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final InstantSource clock;
  private LocalDate day;
  private long microDollars;

  private Ledger(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.day = today(clock);
    this.microDollars = sum(file());
  }

  /// Goes on with what is written there for today.
  ///
  /// @param folder holds a file for each day; made where it is missing
  public static Ledger open(Path folder, InstantSource clock) throws IOException {
    return new Ledger(Files.createDirectories(folder), clock);
  }

  /// What today has cost so far, in millionths of a dollar.
  synchronized long today() {
    var now = today(clock);
    if (!now.equals(day)) {
      day = now;
      microDollars = sum(file());
    }
    return microDollars;
  }

  Duration untilTomorrow() {
    var tomorrow = today(clock).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return Duration.between(clock.instant(), tomorrow);
  }

  synchronized void add(Guest guest, String model, Wire.Tokens tokens, long cost) {
    microDollars = today() + cost;
    var line =
        JSON.createObjectNode()
            .put("at", clock.instant().toString())
            .put("item", guest.item().value())
            .put("attempt", guest.attempt())
            .put("model", model)
            .put("input", tokens.input())
            .put("cached", tokens.cached())
            .put("output", tokens.output())
            .put("micro_dollars", cost);
    try {
      Files.writeString(file(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Counted in memory all the same; an agent's call is not lost for it.
      LOG.error("event=LedgerNotWritten line={}", line, e);
    }
  }

  private Path file() {
    return folder.resolve(day + ".jsonl");
  }

  private static LocalDate today(InstantSource clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /// A line that a crash cut off counts as nothing.
  private static long sum(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (var lines = Files.lines(file)) {
      return lines.mapToLong(Ledger::cost).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cost(String line) {
    try {
      return JSON.readTree(line).path("micro_dollars").asLong();
    } catch (JacksonException e) {
      return 0;
    }
  }
}

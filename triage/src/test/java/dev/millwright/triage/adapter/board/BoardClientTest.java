package dev.millwright.triage.adapter.board;

import static dev.millwright.triage.adapter.board.FakeTracker.hangUp;
import static dev.millwright.triage.adapter.board.FakeTracker.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.settings.Secret;
import dev.millwright.triage.port.Board.Fault;
import dev.millwright.triage.port.Board.Fault.Category;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoardClientTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Networks.Hands clock = new Networks.Hands();
  private final BoardNetwork network = Networks.with(Duration.ofSeconds(30), clock);
  private final Echo server = new Echo();
  private final BoardClient client = client();

  @AfterEach
  void close() {
    server.close();
    network.close();
  }

  private BoardClient client() {
    var secret = new Secret("s3cret");
    return network.client(
        new Access(
            "test",
            URI.create(server.address()),
            Map.of("Authorization", "Bearer s3cret"),
            List.of(secret)));
  }

  @Nested
  class A_circuit {
    @Test
    void opens_after_failures_in_a_row_and_closes_after_a_probe() throws BoardException {
      for (int i = 0; i < 3; i++) {
        server.next(say(500, "x"));
        faultOf(Ask.get("a"));
      }

      var open = faultOf(Ask.get("a"));
      var asked = server.asked().size();
      clock.pass(Duration.ofSeconds(31));
      client.send(Ask.get("a"));
      client.send(Ask.get("a"));

      assertThat(open.code()).isEqualTo("test_circuit_open");
      assertThat(open.category()).isEqualTo(Category.REQUEST);
      assertThat(open.retryAfter()).isEqualTo(Duration.ofSeconds(30));
      assertThat(asked).isEqualTo(3);
    }

    @Test
    void stays_open_when_the_probe_fails() {
      for (int i = 0; i < 3; i++) {
        server.next(say(500, "x"));
        faultOf(Ask.get("a"));
      }
      clock.pass(Duration.ofSeconds(31));
      server.next(say(500, "x"));

      faultOf(Ask.get("a"));

      assertThat(faultOf(Ask.get("a")).code()).isEqualTo("test_circuit_open");
      assertThat(server.asked()).hasSize(4);
    }

    @Test
    void is_the_same_for_all_who_ask_one_address() {
      var other = client();
      for (int i = 0; i < 3; i++) {
        server.next(hangUp());
        faultOf(Ask.write("POST", Map.of(), "a"));
      }

      assertThat(catchThrowableOfType(BoardException.class, () -> other.send(Ask.get("a"))).fault())
          .extracting(Fault::code)
          .isEqualTo("test_circuit_open");
    }

    @Test
    void is_not_opened_by_refusals() throws BoardException {
      for (int i = 0; i < 10; i++) {
        server.next(say(404, "x"));
        faultOf(Ask.get("a"));
      }

      assertThat(client.send(Ask.get("a")).status()).isEqualTo(200);
    }

    @Test
    void lets_one_probe_through_at_a_time() {
      var circuit = new Circuit(1, Duration.ofSeconds(30));
      circuit.failed(NOW);
      var later = NOW.plusSeconds(31);

      assertThat(circuit.enter(NOW)).contains(Duration.ofSeconds(30));
      assertThat(circuit.enter(later)).isEmpty();
      assertThat(circuit.enter(later)).isPresent();
      circuit.left();
      assertThat(circuit.enter(later)).isEmpty();
      circuit.answered();
      assertThat(circuit.enter(later)).isEmpty();
      assertThat(circuit.enter(later)).isEmpty();
    }
  }

  @Nested
  class A_wish_to_be_left_alone {
    @Test
    void is_over_when_its_time_is() throws BoardException {
      server.next(say(429, "{}", "Retry-After", "60"));
      faultOf(Ask.get("a"));
      clock.pass(Duration.ofSeconds(59));
      var still = faultOf(Ask.get("a"));

      clock.pass(Duration.ofSeconds(1));
      client.send(Ask.get("a"));

      assertThat(still.retryAfter()).isEqualTo(Duration.ofSeconds(1));
      assertThat(server.asked()).hasSize(2);
      assertThat(network.counts().limited()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "429 | retry-after | 30 | 30",
          "429 | retry-after | Sun, 01 Mar 2026 12:05:00 GMT | 300",
          "429 | retry-after | nonsense | 60",
          "429 | retry-after | -5 | 60",
          "429 | x-other | 1 | 60",
          "503 | retry-after | 30 | 30",
          "403 | retry-after | 30 | 30",
          "429 | retry-after | Sun, 01 Mar 2020 12:05:00 GMT | 1",
          "429 | retry-after | 999999999999999 | 3600"
        })
    void is_read_from_its_header(int status, String name, String value, long seconds) {
      var headers = headers(Map.of(name.strip(), value.strip()));

      assertThat(RateLimits.pause(status, headers, "", NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
      "x-ratelimit, 1772367300, 900",
      "ratelimit, 1772367300, 900",
      "x-ratelimit-requests, 1772367300000, 900",
      "x-ratelimit-complexity, 1772367300000, 900",
      "x-ratelimit, 2026-03-01T12:15:00Z, 900",
      "ratelimit, 45, 45"
    })
    void is_read_from_a_limit_that_is_used_up(String family, String reset, long seconds) {
      var used = headers(Map.of(family + "-remaining", "0", family + "-reset", reset));
      var left = headers(Map.of(family + "-remaining", "3", family + "-reset", reset));

      assertThat(RateLimits.pause(403, used, "", NOW)).contains(Duration.ofSeconds(seconds));
      assertThat(RateLimits.pause(403, left, "forbidden", NOW)).isEmpty();
    }

    private HttpHeaders headers(Map<String, String> values) {
      var all = new HashMap<String, List<String>>();
      values.forEach((name, value) -> all.put(name, List.of(value)));
      return HttpHeaders.of(all, (_, _) -> true);
    }
  }

  @Nested
  class An_answer_that_is_known {
    @Test
    void costs_no_body_the_second_time() throws Exception {
      var first = client.send(Ask.get("a").with("page", 1));
      var second = client.send(Ask.get("a").with("page", 1));

      assertThat(first.fresh()).isTrue();
      assertThat(second.fresh()).isFalse();
      assertThat(second.json()).isEqualTo(first.json());
      assertThat(second.status()).isEqualTo(200);
      assertThat(network.counts()).isEqualTo(new BoardNetwork.Counts(2, 1, 0, 0));
    }

    @Test
    void is_not_taken_for_another() throws BoardException {
      client.send(Ask.get("a").with("page", 1));

      assertThat(client.send(Ask.get("a").with("page", 2)).fresh()).isTrue();
    }

    @Test
    void makes_room_for_newer_ones() {
      var remembered = new Remembered(3, 100_000);
      for (int i = 0; i < 10; i++) {
        remembered.keep("/" + i, entry(10));
        remembered.of("/0");
      }

      assertThat(remembered.of("/0")).isNotNull();
      assertThat(remembered.of("/9")).isNotNull();
      assertThat(remembered.of("/5")).isNull();
    }

    @Test
    void never_takes_more_room_than_there_is() {
      var remembered = new Remembered(1_000, 40_000);
      for (int i = 0; i < 500; i++) {
        remembered.keep("/" + i % 50, entry(i * 100));
        assertThat(remembered.bytes()).isBetween(0L, 40_000L);
      }
    }

    private Remembered.Entry entry(int size) {
      return new Remembered.Entry("t", HttpHeaders.of(Map.of(), (_, _) -> true), "x".repeat(size));
    }
  }

  @Nested
  class A_question {
    @Test
    void cannot_leave_its_place_in_the_path() throws BoardException {
      client.send(Ask.get("a b", "../x?y#z", "ü").with("q", "1&r=2"));

      var asked = server.asked().getFirst();
      assertThat(asked.segments()).containsExactly("a b", "../x?y#z", "ü");
      assertThat(asked.parameters()).isEqualTo(Map.of("q", "1&r=2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void has_no_part_that_leads_elsewhere(String part) {
      assertThatIllegalArgumentException().isThrownBy(() -> Ask.get("repos", part));
    }

    @Test
    void may_be_about_what_is_gone() throws BoardException {
      server.next(say(404, "{}"), say(410, "{}"));

      assertThat(client.send(Ask.get("a").orGone()).isGone()).isTrue();
      assertThat(client.send(Ask.get("a").orGone()).isGone()).isTrue();
    }

    @Test
    void that_is_called_back_ends_and_stays_called_back() throws InterruptedException {
      server.next(server.hang());
      var caught = new AtomicReference<Optional<Fault>>(Optional.empty());
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                var fault = faultOf(Ask.get("a"));
                if (Thread.currentThread().isInterrupted()) {
                  caught.set(Optional.of(fault));
                }
              });
      await().until(() -> !server.asked().isEmpty());

      thread.interrupt();
      thread.join();

      assertThat(caught.get()).map(Fault::category).contains(Category.REQUEST);
    }
  }

  private Fault faultOf(Ask ask) {
    return catchThrowableOfType(BoardException.class, () -> client.send(ask)).fault();
  }

  /// Says always the same.
  private static final class Echo extends FakeTracker {
    @Override
    Said answer(Asked question) {
      return Said.ok("{\"said\": true}");
    }
  }
}

package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.domain.IntentForm;
import dev.millwright.codegen.domain.IntentRules.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an agent may say on its socket, and what a hostile one does.
class IntentDoorTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private Path folder;
  private IntentDoor door;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createTempDirectory("mw-");
    door = IntentDoor.open(socket(), this::take);
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    Files.delete(folder);
  }

  private Answer take(String name, Map<String, ?> fields) {
    taken.add(name + " " + fields);
    return switch (IntentForm.read(name, fields)) {
      case IntentForm.Read.Wanted _ -> new Answer.Accepted("It is done.");
      case IntentForm.Read.Unreadable(var why) -> new Answer.Refused(why);
    };
  }

  private Path socket() {
    return folder.resolve("intents");
  }

  /// Somebody at the door.
  private record Caller(SocketChannel channel, BufferedReader in, OutputStream out)
      implements AutoCloseable {
    static Caller at(Path socket) throws IOException {
      var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      var in = new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8);
      return new Caller(channel, new BufferedReader(in), Channels.newOutputStream(channel));
    }

    void say(String line) throws IOException {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    JsonNode hear() throws IOException {
      return JSON.readTree(Objects.requireNonNull(in.readLine()));
    }

    JsonNode ask(String line) throws IOException {
      say(line);
      return hear();
    }

    void isStillServed() throws IOException {
      assertThat(ask("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}").toString())
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static String call(int id, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":%s}"
        .formatted(id, params);
  }

  @Test
  void it_shakes_hands_lists_its_tools_and_takes_an_intent() throws IOException {
    try (var caller = Caller.at(socket())) {
      var hello =
          caller.ask(
              "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                  + "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{}}}");
      caller.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      var tools = caller.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
      var done =
          caller.ask(call(2, "{\"name\":\"comment\",\"arguments\":{\"text\":\"Grüße 🚀\"}}"));

      assertThat(hello.path("result").path("protocolVersion").asText()).isEqualTo("2025-03-26");
      assertThat(hello.path("result").path("serverInfo").path("name").asText())
          .isEqualTo("millwright");
      assertThat(tools.path("result").path("tools").findValuesAsText("name"))
          .containsExactly(
              "comment",
              "ask",
              "blocked",
              "follow_up",
              "set_title",
              "ticket",
              "move_ticket",
              "link_ticket");
      assertThat(tools.path("result").path("tools").path(2).path("inputSchema").toString())
          .contains("\"additionalProperties\":false", "\"required\":[\"reason\"]");
      assertThat(done.path("id").asInt()).isEqualTo(2);
      assertThat(done.path("result").path("isError").asBoolean(true)).isFalse();
      assertThat(done.path("result").path("content").path(0).path("text").asText())
          .isEqualTo("It is done.");
    }
    assertThat(taken).containsExactly("comment {text=Grüße 🚀}");
  }

  @Test
  void a_version_it_does_not_know_gets_the_newest_it_does() throws IOException {
    try (var caller = Caller.at(socket())) {
      var hello =
          caller.ask(
              "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                  + "{\"protocolVersion\":\"2099-01-01\"}}");

      assertThat(hello.path("result").path("protocolVersion").asText()).isEqualTo("2025-11-25");
    }
  }

  @Test
  void garbage_is_answered_with_an_error() throws IOException {
    try (var caller = Caller.at(socket())) {
      for (var garbage :
          List.of(
              "hello",
              "",
              "{",
              "{} {}",
              "[".repeat(100_000),
              "\u0000\u001b[31m",
              "\"text\"",
              "5",
              "null",
              "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
              "{\"id\":1}",
              "{\"id\":1,\"method\":7}",
              "{\"id\":{\"a\":1},\"method\":\"ping\"}")) {
        assertThat(caller.ask(garbage).path("error").path("code").asInt())
            .as("%.40s", garbage)
            .isIn(-32700, -32600);
      }
      assertThat(caller.ask("{\"id\":1,\"method\":\"shutdown\"}").path("error").path("code"))
          .hasToString("-32601");
      caller.isStillServed();
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void a_line_of_ten_megabytes_is_forgotten_as_it_comes() throws IOException {
    var chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (var caller = Caller.at(socket())) {
      for (int i = 0; i < 10; i++) {
        caller.out().write(chunk);
      }
      caller.say("");

      assertThat(caller.hear().path("error").path("message").asText())
          .isEqualTo("a message has at most 262144 bytes");
      caller.isStillServed();
    }
  }

  @Test
  void a_wrong_call_is_explained_to_the_model() throws IOException {
    try (var caller = Caller.at(socket())) {
      assertThat(caller.ask(call(1, "{\"name\":\"sing\",\"arguments\":{}}")).toString())
          .contains("\"isError\":true", "there is no 'sing'");
      assertThat(
              caller.ask(call(2, "{\"name\":\"ask\",\"arguments\":{\"question\":[]}}")).toString())
          .contains("\"isError\":true", "'question' is []: it must be a string");
      assertThat(caller.ask(call(3, "{\"name\":\"ask\"}")).toString())
          .contains("\"isError\":true", "'question' is missing");
      for (var params : List.of("[]", "7", "{\"name\":7}", "{\"name\":\"ask\",\"arguments\":[]}")) {
        assertThat(caller.ask(call(4, params)).path("error").path("code").asInt())
            .isEqualTo(-32602);
      }
      caller.isStillServed();
    }
  }

  @Test
  void it_serves_several_at_once_and_not_too_many() throws IOException {
    var callers = new ArrayList<Caller>();
    try {
      for (int i = 0; i < 8; i++) {
        callers.add(Caller.at(socket()));
        callers.getLast().isStillServed();
      }
      var late = Caller.at(socket());
      callers.add(late);
      late.say("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
      callers.removeFirst().close();

      assertThat(late.hear().path("id").asText()).isEqualTo("p");
    } finally {
      for (var caller : callers) {
        caller.close();
      }
    }
  }

  @Test
  void nobody_is_heard_after_it_closed() throws IOException {
    try (var caller = Caller.at(socket())) {
      caller.isStillServed();

      door.close();

      assertThatThrownBy(
              () -> {
                caller.say(call(1, "{\"name\":\"comment\",\"arguments\":{\"text\":\"late\"}}"));
                caller.hear();
              })
          .isInstanceOfAny(IOException.class, NullPointerException.class);
    }
    assertThat(taken).isEmpty();
    assertThat(socket()).doesNotExist();
  }
}

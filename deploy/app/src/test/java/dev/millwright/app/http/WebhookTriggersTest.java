package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.SettingsFile;
import dev.millwright.shared.settings.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Rules that people write.
@TestInstance(Lifecycle.PER_CLASS)
class WebhookTriggersTest {
  private static final String SETTINGS =
      """
      webhooks: {shop: {kind: generic, secret: $SECRET, auth: bearer, map: {title: /t, delivery: /d}}}
      triggers:
        - {name: few, on: generic/request, when: "payload.kind == 'few'", limit: {most: 2, window: 1h}}
        - name: broken
          on: "*/request"
          when: payload.build.state == 'broken' && payload.build.tries > 1
          title: "'Mend build ' + payload.build.name"
          body: event.title
          kind: bug
          priority: 1
          labels: [ci]
        - {name: steps, on: generic/*, when: "payload.l.all(a, payload.l.all(b, payload.l.all(c, true)))"}
      """;

  private Wire wire;
  private Hook shop;

  @BeforeAll
  void start(@TempDir Path data) {
    wire = Wire.start(data, Hook.intake(SETTINGS));
    shop = new Hook(wire, "/hooks/generic/shop", Hook.SECRET);
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @Test
  void the_first_rule_that_holds_says_what_the_work_is() {
    var judged =
        work(
            "{\"t\": \"Red\", \"d\": \"1\", \"build\": {\"state\": \"broken\", \"tries\": 2,"
                + " \"name\": \"nightly\"}}");

    assertThat(judged.path("rule").asText()).isEqualTo("broken");
    var item = wire.get("/api/v1/items/" + judged.path("items").get(0).asText()).json();
    assertThat(item.path("title").asText()).isEqualTo("Mend build nightly");
    assertThat(item.path("priority").asInt()).isEqualTo(1);
    assertThat(item.path("labels").toString()).isEqualTo("[\"ci\"]");
  }

  @Test
  void what_is_not_there_is_not_true_and_said() {
    var reason = nothing("{\"t\": \"x\", \"d\": \"2\"}");

    assertThat(reason)
        .contains("rule broken: its condition is not true: key 'build' is not present in map");
    assertThat(nothing("{\"t\": \"x\", \"d\": \"3\", \"kind\": 7}"))
        .contains("rule few: its condition is");
  }

  @Test
  void what_a_rule_may_cost_is_bounded() {
    var many = "0,".repeat(500) + "0";

    assertThat(nothing("{\"t\": \"x\", \"d\": \"4\", \"l\": [" + many + "]}"))
        .contains("rule steps: its condition is not true: it takes more than 10000 steps");
  }

  @Test
  void a_rule_makes_no_more_work_than_it_may() {
    for (var n = 0; n < 4; n++) {
      var judged = work("{\"t\": \"x\", \"kind\": \"few\", \"d\": \"few-" + n + "\"}");
      assertThat(judged.path("verdict").asText()).isEqualTo(n < 2 ? "work" : "limited");
    }
  }

  @Test
  void a_rule_that_cannot_be_is_refused_with_its_place() {
    var yaml =
        """
        webhooks: {h: {kind: github, secret: $SECRET, repo: oders}}
        triggers:
          - {name: a, when: "event.type = 'issue'"}
          - {name: a, when: "nobody == 1", on: githob/issues}
          - {name: c, when: "'text'", title: "1 + 1"}
        """;
    var place = new Surroundings(Path.of(""), Path.of(""), Map.of("SECRET", "x"));

    var problems = ((SettingsFile.Reading.Bad) SettingsFile.read(yaml, "m.yaml", place)).problems();

    assertThat(problems)
        .extracting(Problem::line, Problem::key)
        .contains(
            tuple(1, "webhooks.h.repo"),
            tuple(3, "triggers[0].when"),
            tuple(4, "triggers[1].when"),
            tuple(4, "triggers[1].on"),
            tuple(4, "triggers[1].name"),
            tuple(5, "triggers[2].when"),
            tuple(5, "triggers[2].title"));
    assertThat(problems.toString())
        .contains("line 1, column 12", "undeclared reference to 'nobody'");
  }

  private JsonNode work(String body) {
    return shop.judged(shop.send(body, "Authorization", "Bearer " + Hook.SECRET));
  }

  private String nothing(String body) {
    assertThat(shop.send(body, "Authorization", "Bearer " + Hook.SECRET).status()).isEqualTo(204);
    return shop.newest().path("reason").asText();
  }
}

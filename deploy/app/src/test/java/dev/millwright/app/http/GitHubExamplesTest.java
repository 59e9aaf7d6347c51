package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every payload that GitHub publishes gets through, and those that mean work make the right item.
class GitHubExamplesTest {
  private static final String SETTINGS =
      "webhooks: {acme: {kind: github, secret: $SECRET, label: bug}}";

  private static final String ISSUE = "github:Codertocat/Hello-World#1";

  /// The examples that mean work, with the item's key; everything else means nothing.
  private static final Map<String, String> WORK =
      Map.ofEntries(
          Map.entry("issues.0", ISSUE),
          Map.entry("issues.1", ISSUE),
          Map.entry("issues.2", ISSUE),
          Map.entry("issues.3", ISSUE),
          Map.entry("issues.7", ISSUE),
          Map.entry("issues.8", ISSUE),
          Map.entry("issues.9", ISSUE),
          Map.entry("issues.10", ISSUE),
          Map.entry("issues.15", ISSUE),
          Map.entry("issues.16", ISSUE),
          Map.entry("issues.17", ISSUE),
          Map.entry("issues.18", ISSUE),
          Map.entry("issues.20", ISSUE),
          Map.entry("dependabot_alert.1", "osv:GHSA-c2qf-rxjj-qqgw@pika-pack"),
          Map.entry("repository_vulnerability_alert.0", "osv:GHSA-hg78-4f6x-99wq@Hello-World"),
          Map.entry("repository_vulnerability_alert.1", "osv:GHSA-qqgx-2p2h-9c37@Hello-World"),
          Map.entry("repository_vulnerability_alert.2", "osv:GHSA-qqgx-2p2h-9c37@Hello-World"),
          Map.entry("code_scanning_alert.0", "github:Codertocat/Hello-World/code-scanning/10"),
          Map.entry("code_scanning_alert.4", "github:Codertocat/Hello-World/code-scanning/10"),
          Map.entry("code_scanning_alert.5", "github:Codertocat/Hello-World/code-scanning/10"));

  @Test
  void every_published_payload_gets_through(@TempDir Path data) {
    try (var wire = Wire.start(data, Hook.intake(SETTINGS))) {
      var hook = new Hook(wire, "/hooks/github/acme", Hook.SECRET);
      var examples = Payloads.gitHub();
      var accepted = new TreeSet<String>();

      for (var example : examples) {
        var answer = hook.gitHub(example.event(), example.name(), example.body());
        assertThat(answer.status()).as(example.name() + answer.text()).isIn(202, 204);
        if (answer.status() == 202) {
          accepted.add(example.name());
        }
      }

      assertThat(examples).hasSizeGreaterThan(300);
      assertThat(accepted).isEqualTo(new TreeSet<>(WORK.keySet()));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> wire.get("/api/v1/deliveries?status=new").json().path("deliveries").isEmpty());
      assertThat(verdicts(hook).keySet()).containsExactly("nothing", "work");
      assertThat(hook.deliveries())
          .allSatisfy(it -> assertThat(it.path("reason").asText()).isNotBlank());
      assertThat(keys(wire)).isEqualTo(new TreeSet<>(WORK.values()));
    }
  }

  private static Map<String, Long> verdicts(Hook hook) {
    return hook.deliveries().stream()
        .collect(
            Collectors.groupingBy(
                it -> it.path("verdict").asText(), TreeMap::new, Collectors.counting()));
  }

  private static Set<String> keys(Wire wire) {
    return wire.items().stream()
        .flatMap(
            id -> Stream.of(wire.get("/api/v1/items/" + id).json().path("signal_key").asText()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

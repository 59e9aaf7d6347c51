package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.http.Wire.Answer;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.SettingsFile;
import dev.millwright.shared.settings.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A sender of webhooks that knows a secret.
record Hook(Wire wire, String path, String secret) {
  static final String SECRET = "a secret that both sides know";

  /// The intake of a settings file with these lines; `$SECRET` and `$OLD` are in its environment.
  static IntakeSettings intake(String yaml) {
    var place = new Surroundings(Path.of(""), Path.of(""), Map.of("SECRET", SECRET, "OLD", "old"));
    var reading = SettingsFile.read(yaml, "millwright.yaml", place);
    assertThat(reading).isInstanceOf(SettingsFile.Reading.Good.class);
    return ((SettingsFile.Reading.Good) reading).settings().intake();
  }

  static String hex(String secret, String signed) {
    return HexFormat.of().formatHex(mac(secret.getBytes(StandardCharsets.UTF_8), signed));
  }

  static byte[] mac(byte[] key, String signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Answer send(String body, String... headers) {
    return wire.post(path, Wire.JSON, body, headers);
  }

  /// As GitHub does.
  Answer gitHub(String event, String delivery, String body) {
    return send(
        body,
        "X-GitHub-Event",
        event,
        "X-GitHub-Delivery",
        delivery,
        "X-Hub-Signature-256",
        "sha256=" + hex(secret, body));
  }

  Answer gitHub(String event, String body) {
    return gitHub(event, UUID.randomUUID().toString(), body);
  }

  /// The newest delivery once something came of it.
  JsonNode newest() {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> deliveries().getFirst(), it -> !it.path("status").asText().equals("new"));
  }

  List<JsonNode> deliveries() {
    var all = new ArrayList<JsonNode>();
    wire.get("/api/v1/deliveries?limit=500").json().path("deliveries").forEach(all::add);
    return all;
  }

  JsonNode delivery(String id) {
    return wire.get("/api/v1/deliveries/" + id).json().path("delivery");
  }

  /// Waits until something came of a delivery that was answered with 202.
  JsonNode judged(Answer taken) {
    assertThat(taken.status()).as(taken.text()).isEqualTo(202);
    var id = taken.json().path("delivery_id").asText();
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> delivery(id), it -> !it.path("status").asText().equals("new"));
  }
}

package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import dev.millwright.triage.domain.Happening.Deed;
import dev.millwright.triage.domain.Happening.Place;
import dev.millwright.triage.domain.Happening.Sort;
import dev.millwright.triage.domain.Happening.Subject;
import dev.millwright.triage.domain.Happening.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Anybody who can sign a body or send a token; where its words stand is for the settings to say.
final class Generic implements Provider {
  private static final String DELIVERY = "x-delivery-id";
  private static final String EVENT = "x-event";

  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    var mapping = hook.mapping();
    return mapping.auth().equals("bearer")
        ? Proof.token(letter.header("authorization").replaceFirst("^(?i)bearer ", ""), secrets)
        : Proof.hmac(letter.header(mapping.header()), "sha256=", letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return letter.header(EVENT);
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    var named = new Mapped(payload, hook.mapping().pointers()).text("delivery");
    return named.isEmpty() ? letter.header(DELIVERY) : named;
  }

  @Override
  public List<String> headers() {
    return List.of(DELIVERY, EVENT);
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    var mapped = new Mapped(payload, hook.mapping().pointers());
    var key = mapped.text("key");
    var people = new People(hook);
    var author =
        mapped.text("author").isEmpty()
            ? people.machine(hook.name())
            : people.person(false, mapped.text("author"));
    return List.of(
        new Happening(
            new Subject(
                Sort.REQUEST, key.isEmpty() ? "" : "hook:" + hook.name() + "/" + key, "", ""),
            new Words(
                mapped.text("title"),
                mapped.text("body"),
                mapped.labels(),
                mapped.priority(),
                List.of()),
            Place.of(mapped.text("repo"), mapped.text("url")),
            new Deed("asked", "", "", mapped.time(), people.actor(author, false)),
            author,
            Map.of()));
  }

  /// A body and where its words stand.
  private record Mapped(Payload payload, Map<String, String> pointers) {
    String text(String field) {
      var pointer = pointers.get(field);
      return pointer == null ? "" : payload.text(pointer);
    }

    @org.jspecify.annotations.Nullable
    Instant time() {
      var pointer = pointers.get("updated_at");
      return pointer == null ? null : payload.time(pointer);
    }

    int priority() {
      var text = text("priority");
      return text.matches("[1-4]") ? Integer.parseInt(text) : 0;
    }

    List<String> labels() {
      var pointer = pointers.get("labels");
      if (pointer == null) {
        return List.of();
      }
      var listed = payload.texts(pointer, "");
      return listed.isEmpty()
          ? Arrays.stream(payload.text(pointer).split(",", 50))
              .map(String::strip)
              .filter(it -> !it.isEmpty() && it.length() <= 100)
              .toList()
          : listed;
    }
  }
}

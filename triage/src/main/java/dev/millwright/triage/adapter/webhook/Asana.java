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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Asana: gives its secret in a handshake, and signs with it from then on. It names the tasks that
/// changed and says nothing of them, so a board has to look.
final class Asana implements Provider {
  @Override
  public Proof prove(Letter letter, WebhookSettings hook, List<Secret> secrets, Instant now) {
    return Proof.hmac(letter.header("x-hook-signature"), "", letter.body(), secrets);
  }

  @Override
  public String event(Letter letter, Payload payload) {
    return payload.list("/events").isEmpty() ? "heartbeat" : "events";
  }

  @Override
  public String delivery(Letter letter, Payload payload, WebhookSettings hook) {
    return "";
  }

  @Override
  public List<String> headers() {
    return List.of();
  }

  @Override
  public List<Happening> read(Letter letter, Payload payload, WebhookSettings hook) {
    var people = new People(hook);
    return payload.list("/events").stream()
        .flatMap(event ->
            task(event)
                .map(task -> {
                  var who = people.person(true, event.text("/user/gid"));
                  return new Happening(
                      new Subject(Sort.ISSUE, "asana:" + task, "", ""),
                      new Words("", "", List.of(), 0, List.of()),
                      Place.in("", "https://app.asana.com/0/0/" + task),
                      new Deed(
                          event.text("/action"),
                          "",
                          "",
                          event.time("/created_at"),
                          people.actor(who, false)),
                      who,
                      Map.of());
                }))
        .toList();
  }

  /// The task itself, or the one that a comment or a subtask changed.
  private static Stream<String> task(Payload event) {
    return Stream.of("/resource", "/parent")
        .filter(it -> event.text(it + "/resource_type").equals("task"))
        .map(it -> event.text(it + "/gid"))
        .filter(it -> !it.isEmpty())
        .limit(1);
  }
}

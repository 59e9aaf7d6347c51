package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.http.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A delivery as it is shown.
record DeliveryView(
    String id,
    @Field(about = "the webhook's name in the settings") String hook,
    String source,
    @Field(about = "as the provider calls it") String event,
    Instant receivedAt,
    @Field(about = "`new` waits, `done` is over, `dead` was given up") String status,
    @Field(about = "`none`, `nothing`, `limited`, `refreshed`, `said`, `work` or `failed`")
        String verdict,
    @Field(about = "the rule that decided, or came closest") String rule,
    @Field(about = "why, in plain words") String reason,
    @Field(about = "the items it led to") List<String> items,
    int attempts,
    @Field(about = "when it is looked at again") Optional<Instant> nextAt) {

  /// Deliveries, and those that were refused.
  record Page(
      List<DeliveryView> deliveries,
      @Field(about = "send it as `before` for the next page") Optional<Long> nextBefore,
      List<Refused> refused) {}

  /// Deliveries that could not prove who sent them.
  record Refused(String hook, String reason, long count, Instant lastAt) {}

  /// With what was sent.
  record Whole(DeliveryView delivery, Map<String, String> headers, String body) {}

  /// A body that says nothing.
  record Nothing() {}

  static final int MOST_BODY_CHARACTERS = 200_000;

  static DeliveryView of(Delivery delivery) {
    var standing = delivery.standing();
    return new DeliveryView(
        delivery.id(),
        delivery.hook(),
        delivery.source(),
        delivery.event(),
        delivery.receivedAt(),
        standing.status().word(),
        standing.verdict().word(),
        standing.rule(),
        standing.reason(),
        standing.items(),
        standing.attempts(),
        standing.status() == Delivery.Status.NEW
            ? Optional.of(standing.dueAt())
            : Optional.empty());
  }

  static Page page(List<Inbox.Row> rows, int most, List<Refusals.Tally> refused) {
    return new Page(
        rows.stream().map(row -> of(row.delivery())).toList(),
        rows.size() < most ? Optional.empty() : Optional.of(rows.getLast().seq()),
        refused.stream()
            .map(it -> new Refused(it.hook(), it.reason(), it.count(), it.lastAt()))
            .toList());
  }

  static Whole whole(Delivery delivery) {
    var letter = delivery.letter();
    return new Whole(
        of(delivery),
        letter.headers(),
        Excerpt.of(new String(letter.body(), StandardCharsets.UTF_8), MOST_BODY_CHARACTERS));
  }
}

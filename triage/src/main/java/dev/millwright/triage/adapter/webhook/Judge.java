package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.triage.domain.Ruling;
import dev.millwright.triage.domain.Triggers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// What the rules, as they are now, say about a delivery. Asks nobody and changes nothing.
final class Judge {
  private final Supplier<IntakeSettings> settings;
  private final AtomicReference<Compiled> compiled = new AtomicReference<>();

  private record Compiled(IntakeSettings of, Triggers triggers) {}

  Judge(Supplier<IntakeSettings> settings) {
    this.settings = settings;
  }

  /// A ruling for everything that happened; none where the webhook is gone.
  List<Ruling> judge(Delivery delivery) {
    var intake = settings.get();
    var hook = intake.webhooks().get(delivery.hook());
    if (hook == null || !hook.kind().equals(delivery.source())) {
      return List.of();
    }
    var payload = delivery.letter().payload();
    var scene = new Triggers.Scene(hook, delivery.event(), delivery.id(), payload.values());
    var happened = Provider.of(hook.kind()).read(delivery.letter(), payload, hook);
    return happened.isEmpty()
        ? List.of(new Ruling.Nothing("", "it tells of nothing that happened"))
        : triggers(intake).decide(scene, happened);
  }

  private Triggers triggers(IntakeSettings now) {
    var known = compiled.get();
    if (known == null || !known.of().equals(now)) {
      known = new Compiled(now, Rules.of(now));
      compiled.set(known);
    }
    return known.triggers();
  }
}

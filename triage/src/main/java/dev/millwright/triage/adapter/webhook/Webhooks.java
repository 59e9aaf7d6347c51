package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.workitem.Items;
import dev.millwright.triage.port.Boards;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything webhooks need, put together: the inbox, the worker that empties it, and the routes.
public final class Webhooks implements AutoCloseable {
  private final InboxWorker worker;
  private final List<Endpoint> endpoints;
  private final DeliveryRoutes deliveries;

  private Webhooks(InboxWorker worker, List<Endpoint> endpoints, DeliveryRoutes deliveries) {
    this.worker = worker;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  /// Begins with what an earlier process left.
  ///
  /// @param settings asked anew for each delivery
  /// @param keep how long deliveries are kept
  public static Webhooks start(
      Supplier<IntakeSettings> settings,
      Supplier<Duration> keep,
      Database database,
      Items items,
      Boards boards,
      Clock clock) {
    var sql = new Sql(database);
    var inbox = new Inbox(sql);
    var judge = new Judge(settings);
    var refusals = new Refusals(sql);
    var clerk = new Clerk(items, boards, inbox);
    var worker = new InboxWorker(inbox, judge, clerk, refusals, keep, clock);
    worker.start();
    var hooks =
        new HookRoutes(settings, inbox, new GivenSecrets(sql), judge, worker, refusals, clock);
    var deliveries = new DeliveryRoutes(inbox, refusals, worker, clock);
    return new Webhooks(
        worker,
        Stream.of(hooks.endpoints(), deliveries.endpoints()).flatMap(List::stream).toList(),
        deliveries);
  }

  /// The newest deliveries, as they are listed.
  public CompletionStage<?> newest() {
    return deliveries.newest();
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public void close() {
    worker.close();
  }
}

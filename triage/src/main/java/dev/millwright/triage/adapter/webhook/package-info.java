/// Webhooks: `HookRoutes` takes a delivery and keeps it, `InboxWorker` makes of it what the rules
/// say, `DeliveryRoutes` tells what became of each. A `Provider` knows how one of them signs and
/// speaks.
@NullMarked
package dev.millwright.triage.adapter.webhook;

import org.jspecify.annotations.NullMarked;

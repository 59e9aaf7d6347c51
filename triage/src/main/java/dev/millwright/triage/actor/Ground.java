package dev.millwright.triage.actor;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.triage.port.BoardItems;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardSource;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/// What looking at boards stands on.
///
/// @param itemUrl where people find an item
/// @param wholeEvery how often a board is read whole, besides what changed
public record Ground(
    BoardSource boards,
    BoardLedger ledger,
    BoardItems items,
    Function<ItemId, String> itemUrl,
    Clock clock,
    Duration wholeEvery) {}

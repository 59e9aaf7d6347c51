package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.LiveFeed;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.LineControl;
import dev.millwright.shared.workitem.Items;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything that shows the factory and lets people decide and operate.
public final class MonitoringRoutes {
  private final List<Endpoint> endpoints;

  /// The items and what is read from their journal.
  public record Work(
      Items items,
      ItemLists lists,
      LiveFeed feed,
      Transcripts transcripts,
      Artifacts artifacts,
      Figures figures) {}

  /// The running factory.
  ///
  /// @param publicUrl what an item's address starts with, without a slash at its end
  /// @param repos the names of the repositories as configured now
  public record Factory(
      LineControl line,
      Vitals vitals,
      Traffic traffic,
      EventStream streams,
      Clock clock,
      Supplier<String> publicUrl,
      Supplier<Set<String>> repos,
      String version) {}

  public MonitoringRoutes(Work work, Factory factory) {
    var views = new ItemViews(factory.publicUrl());
    var items = new ItemRoutes(work.items(), work.lists(), work.artifacts(), views);
    var decisions = new DecisionRoutes(work.items(), work.lists(), views);
    var line =
        new LineRoutes(
            factory.line(), work.figures(), factory.vitals(), factory.repos(), factory.clock());
    var watch =
        new WatchRoutes(
            work.items(),
            work.lists(),
            work.feed(),
            work.transcripts(),
            views,
            line,
            factory.streams(),
            factory.version());
    var health =
        new HealthRoutes(
            factory.vitals(),
            factory.line(),
            line,
            new Metrics(factory.vitals(), factory.traffic(), factory.version()));
    this.endpoints =
        Stream.of(
                items.endpoints(),
                decisions.endpoints(),
                line.endpoints(),
                watch.endpoints(),
                health.endpoints(),
                new Dashboard().endpoints())
            .flatMap(List::stream)
            .toList();
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}

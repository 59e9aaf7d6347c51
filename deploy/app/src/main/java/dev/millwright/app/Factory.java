package dev.millwright.app;

import dev.millwright.shared.line.Line;
import dev.millwright.shared.line.StageCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// The guardian of one node: the six stages in the order an item travels, and the line that moves
/// items through them.
final class Factory {
  private Factory() {}

  static Behavior<Void> create(
      Line.Ground ground, List<StageCode> stages, CompletableFuture<Line> started) {
    return Behaviors.setup(context -> {
      var cluster = Cluster.get(context.getSystem());
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      started.complete(Line.start(context, ground, stages));
      return Behaviors.empty();
    });
  }

  static List<StageCode> stages(Workshop workshop) {
    var checking = Checking.of(workshop);
    var policies = Wiring.policies(workshop);
    return List.of(
        Wiring.triage(workshop, policies, new Preparedness(workshop, checking.checks())),
        Wiring.codegen(workshop, checking),
        checking.stage(),
        Wiring.release(workshop, checking),
        Wiring.documentation(workshop, policies),
        Wiring.monitoring(workshop, policies));
  }
}

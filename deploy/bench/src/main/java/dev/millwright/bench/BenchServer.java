package dev.millwright.bench;

import dev.millwright.app.Factories;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.ServerSettings;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A whole factory in a process of its own, to be spoken to over HTTP and killed: the real server,
/// journal, line and views; stages do nothing until one that holds what it gets.
///
/// It prints `READY url` once it answers, and `RUNNING n` once so many attempts are held.
final class BenchServer {
  private BenchServer() {}

  /// What a server is asked to do.
  ///
  /// @param slots attempts each stage runs at once
  /// @param holds the stage whose attempts never end
  record Order(StorageSettings storage, int slots, Stage holds, int announce) {
    List<String> arguments() {
      var url = storage.url() == null ? "-" : storage.url();
      return List.of(
          storage.data().toString(),
          url,
          Integer.toString(slots),
          holds.wire(),
          Integer.toString(announce));
    }

    static Order of(String[] arguments) {
      var data = Path.of(arguments[0]);
      var storage =
          arguments[1].equals("-")
              ? StorageSettings.embedded(data)
              : new StorageSettings(data, arguments[1], "postgres", new Secret("postgres"));
      return new Order(
          storage,
          Integer.parseInt(arguments[2]),
          Stage.parse(arguments[3]).orElseThrow(),
          Integer.parseInt(arguments[4]));
    }
  }

  public static void main(String[] arguments) throws Exception {
    var order = Order.of(arguments);
    var usual = FactorySettings.local(order.storage().data(), Map.of());
    var settings =
        new FactorySettings(
            ServerSettings.DEFAULT.withPort(0),
            order.storage(),
            Map.of(),
            usual.agents(),
            usual.sandbox(),
            usual.policy(),
            BenchLine.slots(order.slots()),
            IntakeSettings.NONE);
    try (var factory = Factories.runner(stages(order)).start(settings, _ -> {})) {
      System.out.println("READY " + factory.url());
      factory.awaitStopped();
    }
  }

  private static List<StageCode> stages(Order order) {
    var held = new AtomicInteger();
    var forever = new CountDownLatch(1);
    return NoWork.stages((stage, _) -> {
      if (stage == order.holds()) {
        if (held.incrementAndGet() == order.announce()) {
          System.out.println("RUNNING " + order.announce());
        }
        forever.await();
      }
      return NoWork.ADVANCE;
    });
  }
}

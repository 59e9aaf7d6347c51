package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A process that does nothing for hours, in a command line that tells it from every other.
record Orphans(String command) {
  Orphans() {
    this("sleep 1" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
  }

  /// Those that run it, with further words.
  List<ProcessHandle> left(String words) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(command + words))
        .toList();
  }

  /// The kernel needs a moment to end what was killed.
  void assertNone() {
    await("no process is left").untilAsserted(() -> assertThat(left("")).isEmpty());
  }
}

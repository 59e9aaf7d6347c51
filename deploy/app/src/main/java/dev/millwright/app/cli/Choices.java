package dev.millwright.app.cli;

import dev.millwright.shared.workitem.Stage;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Words an option takes, for help and for completion.
final class Choices {
  private Choices() {}

  static final class Stages implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Stage.values()).map(Stage::wire).iterator();
    }
  }

  static final class Statuses implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("queued", "running", "waiting", "finished").iterator();
    }
  }

  static final class Roles implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("reader", "decider", "admin").iterator();
    }
  }
}

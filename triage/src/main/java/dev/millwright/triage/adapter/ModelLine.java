package dev.millwright.triage.adapter;

import dev.millwright.shared.workitem.Usage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A line to a model that is held by budgets; whoever opens it has the key.
public interface ModelLine extends AutoCloseable {
  /// Where the gateway listens, such as `http://127.0.0.1:49152`.
  URI url();

  /// Shown there in the key's place.
  String token();

  /// How the model is spoken to, such as `openai-responses`.
  String protocol();

  /// What the provider calls it.
  String model();

  /// What was spent on this line.
  Usage spent();

  /// What was said, once the line is closed.
  Optional<Path> exchange();

  @Override
  void close();
}

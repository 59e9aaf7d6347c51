package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Kind;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What an agent wants to happen outside its workspace. It says so; the factory decides, and does
/// it.
public sealed interface Intent {
  /// Words for whoever follows the item.
  record Comment(String text) implements Intent {}

  /// What it cannot decide by itself.
  record Ask(String question) implements Intent {}

  /// What keeps it from going on.
  record Blocked(String reason, @Nullable String missingTool) implements Intent {}

  /// Work it found and is not to do here.
  record FollowUp(String title, String body, @Nullable Kind kind) implements Intent {}

  /// The ticket it works on, as it is now.
  record ReadTicket() implements Intent {}

  /// Another state for the ticket it works on.
  record MoveTicket(String state) implements Intent {}

  /// Something to be found from the ticket it works on.
  record LinkTicket(String title, URI address) implements Intent {}

  /// What its change should be called.
  record ChangeTitle(String title) implements Intent {}
}

package dev.millwright.codegen.domain;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an agent may do when it asks first. Nobody is asked on its behalf: what the sandbox holds
/// is allowed, what leads out of it is refused with words the agent can work with.
///
/// @param places where it may write, as it sees them
public record Permissions(List<String> places) {
  private static final String NO_NETWORK =
      "There is no network here and there will be none. Work with what is in the checkout; if"
          + " something is missing, say what.";
  private static final String NO_MORE =
      "You cannot have more permissions than you have. Work inside your checkout; if that is not"
          + " enough, say what you need and why.";
  private static final String ELSEWHERE =
      "Only files in your checkout are kept, and only those may be changed.";

  public Permissions {
    places = List.copyOf(places);
  }

  /// What an agent asks leave for.
  public sealed interface Wish {
    /// A tool or a command that runs where the agent runs.
    record Use(String what) implements Wish {}

    /// Changing a file.
    record Edit(String path) implements Wish {}

    /// Reaching the outside.
    record Network(String what) implements Wish {}

    /// Being let out of something.
    record More(String what) implements Wish {}

    default String what() {
      return switch (this) {
        case Use(var what) -> what;
        case Edit(var path) -> "change " + path;
        case Network(var what) -> "reach " + what;
        case More(var what) -> what;
      };
    }
  }

  /// Why not, in words for the agent; empty where it may.
  public Optional<String> refusal(Wish wish) {
    return switch (wish) {
      case Wish.Use _ -> Optional.empty();
      case Wish.Edit(var path) -> within(path) ? Optional.empty() : Optional.of(ELSEWHERE);
      case Wish.Network _ -> Optional.of(NO_NETWORK);
      case Wish.More _ -> Optional.of(NO_MORE);
    };
  }

  /// A path relative to the checkout is in it; one that cannot be read as a path is nowhere.
  private boolean within(String path) {
    try {
      var written = Path.of(path);
      return places.stream()
          .map(Path::of)
          .anyMatch(place -> place.resolve(written).normalize().startsWith(place));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}

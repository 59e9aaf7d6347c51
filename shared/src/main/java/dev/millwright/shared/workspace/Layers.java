package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a workspace is made of when it is laid over a template: folders that are only read, the
/// uppermost first, a folder that holds all that differs, and one the kernel needs. Mounted only
/// while something runs in it; the host never sees it whole.
public record Layers(Overlay overlay, List<Path> lower, Path upper, Path work) {
  public Layers {
    lower = List.copyOf(lower);
  }

  /// With its own folders below this one.
  static Layers of(Path folder, Overlay overlay, List<Path> lower) {
    return new Layers(overlay, lower, folder.resolve("upper"), folder.resolve("work"));
  }

  /// As above, and the folders are there.
  static Layers in(Path folder, Overlay overlay, List<Path> lower) throws IOException {
    var layers = of(folder, overlay, lower);
    Files.createDirectories(layers.upper);
    Files.createDirectories(layers.work);
    return layers;
  }

  /// Where a name at the top of it really is: the uppermost layer that has it decides, also when it
  /// says that there is nothing any more.
  Optional<Path> find(String name) throws IOException {
    for (var layer : Stream.concat(Stream.of(upper), lower.stream()).toList()) {
      var place = layer.resolve(name);
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        var kind =
            Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return kind.isOther() ? Optional.empty() : Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /// Words that mount it at the target, where nobody else sees it, and then become these words.
  List<String> around(Path target, List<String> words) {
    return overlay.around(target, this, words);
  }
}

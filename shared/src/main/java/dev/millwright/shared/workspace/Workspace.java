package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A checkout for one attempt at one item. Once an agent has been in it nothing here may be
/// trusted: the host runs no program in it and follows no link of it.
///
/// @param submodules from which repositories its submodules borrow
/// @param layers where it is laid over a template: its files are then seen by what runs in it only
public record Workspace(
    String item,
    int generation,
    Path folder,
    Mirror mirror,
    String commit,
    List<Mirror> submodules,
    @Nullable Layers layers) {
  public Workspace {
    submodules = List.copyOf(submodules);
  }

  /// One that is written out, without submodules.
  public Workspace(String item, int generation, Path folder, Mirror mirror, String commit) {
    this(item, generation, folder, mirror, commit, List.of(), null);
  }

  /// The folder the agent works in.
  public Path files() {
    return folder.resolve("files");
  }

  /// Whether what the repository's setup makes is there already.
  public boolean isSetUp() {
    return layers != null && layers.lower().size() > 1;
  }

  /// The branch that is checked out.
  String branch() {
    return "millwright/" + item;
  }

  Workspace laidOver(Overlay overlay, List<Path> lower) {
    var own = Layers.of(folder, overlay, lower);
    return new Workspace(item, generation, folder, mirror, commit, submodules, own);
  }

  Workspace with(List<Mirror> newSubmodules) {
    return new Workspace(item, generation, folder, mirror, commit, newSubmodules, layers);
  }

  /// All it borrows from.
  List<Mirror> lenders() {
    return Stream.concat(Stream.of(mirror), submodules.stream()).distinct().toList();
  }

  /// The sandbox's view: these files, and what they borrow from the mirror, read-only. No network.
  public Box box() {
    var box = Box.of(files()).laidOver(layers);
    for (var lender : lenders()) {
      box = box.reading(lender.objects());
    }
    return box;
  }
}

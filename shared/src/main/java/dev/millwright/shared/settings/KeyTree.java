package dev.millwright.shared.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shape of a settings file, grown from the paths of its keys.
sealed interface KeyTree {
  KeyTree ROOT = grow(Keys.ALL, 0);

  static KeyTree of(List<Key> keys) {
    return grow(keys, 0);
  }

  /// A value.
  record Leaf(Key key) implements KeyTree {}

  /// Keys with fixed names.
  record Group(Map<String, KeyTree> children) implements KeyTree {}

  /// Keys with names the operator chooses, all of one shape.
  record Named(KeyTree each) implements KeyTree {}

  /// A list, all entries of one shape.
  record Many(KeyTree each) implements KeyTree {}

  /// Whether nothing below is used by this version, whatever it says.
  default boolean later() {
    return switch (this) {
      case Leaf(var key) -> key.need() == Key.Need.LATER;
      case Group(var children) -> children.values().stream().allMatch(KeyTree::later);
      case Named(var each) -> each.later();
      case Many(var each) -> each.later();
    };
  }

  /// The path cut into steps: `boards[].name` is `boards`, `[]`, `name`.
  private static List<String> steps(Key key) {
    return List.of(key.path().replace("[]", ".[]").split("\\."));
  }

  private static KeyTree grow(List<Key> keys, int depth) {
    var first = keys.getFirst();
    if (steps(first).size() == depth) {
      return new Leaf(first);
    }
    var byStep = new LinkedHashMap<String, List<Key>>();
    for (var key : keys) {
      byStep.merge(steps(key).get(depth), List.of(key), KeyTree::both);
    }
    if (byStep.containsKey("*")) {
      return new Named(grow(keys, depth + 1));
    }
    if (byStep.containsKey("[]")) {
      return new Many(grow(keys, depth + 1));
    }
    var children = new LinkedHashMap<String, KeyTree>();
    byStep.forEach((step, below) -> children.put(step, grow(below, depth + 1)));
    return new Group(children);
  }

  private static List<Key> both(List<Key> some, List<Key> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}

package dev.millwright.shared.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Goes through a file beside the shape it should have and notes what it finds.
final class FileWalk {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final String NOT_USED = "not used by this version";

  private final Findings findings;
  private final Surroundings place;
  private final Manners manners;

  FileWalk(Findings findings, Surroundings place, Manners manners) {
    this.findings = findings;
    this.place = place;
    this.manners = manners;
  }

  /// How a file is taken that says more, or less, than its keys.
  ///
  /// @param strict whether an unknown key and a key without a value are mistakes; else the first is
  ///   a warning and the second says nothing
  /// @param elsewhere keys, or groups of them, that somebody else reads as well
  record Manners(boolean strict, Set<String> elsewhere) {
    static final Manners STRICT = new Manners(true, Set.of());
  }

  void walk(Node root, KeyTree shape) {
    walk(root, shape, "", false);
  }

  private void walk(Node node, KeyTree shape, String path, boolean said) {
    boolean later = shape.later();
    if (later && !said) {
      findings.warning(line(node), path, NOT_USED, "");
    }
    boolean silent = said || later;
    switch (shape) {
      case KeyTree.Leaf(var key) -> leaf(node, key, path, silent);
      case KeyTree.Group group -> group(node, group, path, silent);
      case KeyTree.Named(var each) -> named(node, each, path, silent);
      case KeyTree.Many(var each) -> many(node, each, path, silent);
    }
  }

  private void group(Node node, KeyTree.Group shape, String path, boolean silent) {
    if (isNothing(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      wrongForm(node, path, "keys: " + String.join(", ", shape.children().keySet()));
      return;
    }
    var present = new HashSet<String>();
    for (var entry : mapping.getValue()) {
      var name = name(entry, path, present);
      var child = shape.children().get(name);
      if (child != null) {
        walk(entry.getValueNode(), child, join(path, name), silent);
      } else if (!name.isEmpty()) {
        unknown(entry.getKeyNode(), join(path, name), name, shape.children().keySet());
      }
    }
    shape
        .children()
        .forEach((name, child) -> {
          boolean missing = !present.contains(name) && !path.isEmpty();
          if (missing
              && child instanceof KeyTree.Leaf(var key)
              && key.need() == Key.Need.REQUIRED) {
            findings.error(
                line(node),
                join(path, name),
                "is missing",
                "add it, like " + name + ": " + key.example());
          }
        });
  }

  private void unknown(Node node, String path, String name, Set<String> known) {
    var guess = Spelling.nearest(name, known).map(word -> "did you mean " + word + "?");
    if (manners.strict()) {
      findings.error(
          line(node),
          path,
          "there is no such key",
          guess.orElse("known here: " + String.join(", ", known)));
    } else if (manners.elsewhere().stream().noneMatch(path::startsWith)) {
      findings.warning(line(node), path, "is not known and ignored", guess.orElse(""));
    }
  }

  private void named(Node node, KeyTree each, String path, boolean silent) {
    if (isNothing(node)) {
      return;
    }
    if (!manners.strict() && node instanceof SequenceNode list) {
      onlyNames(list, path);
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      wrongForm(node, path, "names, each with its value");
      return;
    }
    var present = new HashSet<String>();
    for (var entry : mapping.getValue()) {
      var name = name(entry, path, present);
      if (NAME.matcher(name).matches()) {
        findings.named(path, name, line(entry.getKeyNode()));
        walk(entry.getValueNode(), each, join(path, name), silent);
      } else if (!name.isEmpty()) {
        findings.error(
            line(entry.getKeyNode()),
            join(path, name),
            "is not a name",
            "use letters, digits, - and _ (at most 64)");
      }
    }
  }

  private void onlyNames(SequenceNode list, String path) {
    for (var entry : list.getValue()) {
      if (entry instanceof ScalarNode scalar && NAME.matcher(scalar.getValue()).matches()) {
        findings.named(path, scalar.getValue(), line(entry));
      } else {
        wrongForm(entry, path, "names");
      }
    }
  }

  private void many(Node node, KeyTree each, String path, boolean silent) {
    if (isNothing(node)) {
      return;
    }
    if (!(node instanceof SequenceNode list)) {
      wrongForm(node, path, "a list");
      return;
    }
    for (int i = 0; i < list.getValue().size(); i++) {
      var entry = path + "[" + i + "]";
      findings.entry(path, entry, line(list.getValue().get(i)));
      walk(list.getValue().get(i), each, entry, silent);
    }
  }

  private void leaf(Node node, Key key, String path, boolean silent) {
    if (isNothing(node) && !manners.strict()) {
      return;
    }
    if (key.type() instanceof KeyType.Texts && node instanceof SequenceNode list) {
      texts(list, path);
      return;
    }
    if (key.type() instanceof KeyType.Texts
        && node instanceof ScalarNode scalar
        && !manners.strict()) {
      var texts = List.of(scalar.getValue().split(","));
      findings.found(path, new Texts(texts), line(node), scalar.getValue());
      return;
    }
    if (key.type() instanceof Structured form && node instanceof MappingNode mapping) {
      structured(mapping, form, path);
      return;
    }
    if (!(node instanceof ScalarNode scalar)) {
      wrongForm(node, path, key.type().words());
      return;
    }
    if (isNothing(node)) {
      var fix =
          scalar.getValue().equals("~")
              ? "write \"~\" in quotes"
              : "give it one or remove the line";
      findings.error(line(node), path, "has no value", fix);
      return;
    }
    var variable = VARIABLE.matcher(scalar.getValue());
    if (key.type().mayComeFromEnvironment() && variable.matches()) {
      fromEnvironment(scalar, variable.group(1), key, path);
      return;
    }
    boolean hidden = key.type() instanceof KeyType.Hidden;
    if (hidden) {
      findings.warning(
          line(node),
          path,
          "the secret itself is in the file",
          "put it into an environment variable and write $NAME here");
    }
    read(scalar.getValue(), hidden ? "(hidden)" : scalar.getValue(), scalar, key, path);
    if (!silent
        && key.type() instanceof KeyType.OneOf choice
        && choice.later().contains(scalar.getValue())) {
      findings.warning(
          line(node),
          path,
          "'" + scalar.getValue() + "' is " + NOT_USED,
          "this version has " + String.join(", ", choice.now()));
    }
  }

  private void fromEnvironment(ScalarNode node, String variable, Key key, String path) {
    var value = place.environment().getOrDefault(variable, "");
    if (value.isEmpty()) {
      findings.error(
          line(node),
          path,
          "the environment variable " + variable + " is not set",
          "set it where the factory is started, or remove the line");
      return;
    }
    read(value, "$" + variable, node, key, path);
  }

  private void read(String text, String shown, ScalarNode node, Key key, String path) {
    try {
      findings.found(path, key.type().read(text, place), line(node), shown);
    } catch (KeyType.Mistake mistake) {
      var what = String.valueOf(mistake.getMessage());
      boolean foreign = !text.equals(shown);
      findings.error(
          line(node), path, foreign ? what.replace("'" + text + "'", shown) : what, mistake.fix);
    }
  }

  private void structured(MappingNode node, Structured form, String path) {
    try {
      findings.found(path, new Structured.Entries(form.read(node)), line(node), "(keys)");
    } catch (KeyType.Mistake mistake) {
      findings.error(line(node), path, String.valueOf(mistake.getMessage()), mistake.fix);
    }
  }

  private void texts(SequenceNode list, String path) {
    var texts = new ArrayList<String>();
    for (var entry : list.getValue()) {
      // A blank label is one that no ticket has; elsewhere it is a slip.
      boolean blank = manners.strict() && entry instanceof ScalarNode it && it.getValue().isBlank();
      if (entry instanceof ScalarNode scalar && !blank) {
        texts.add(scalar.getValue());
      } else {
        findings.error(
            line(entry), path, "holds something that is not a text", "write [\"a\", \"b\"]");
      }
    }
    findings.found(path, new Texts(texts), line(list), texts.toString());
  }

  /// What a list of texts is read as.
  record Texts(List<String> values) {
    Texts {
      values = List.copyOf(values);
    }
  }

  private String name(NodeTuple entry, String path, Set<String> present) {
    if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
      findings.error(line(entry.getKeyNode()), path, "a key must be a word", "");
      return "";
    }
    var name = scalar.getValue();
    if (!present.add(name)) {
      findings.error(line(scalar), join(path, name), "is there twice", "remove one of them");
      return "";
    }
    return name;
  }

  private void wrongForm(Node node, String path, String wanted) {
    var form =
        switch (node) {
          case MappingNode _ -> "keys";
          case SequenceNode _ -> "a list";
          default -> "one value";
        };
    findings.error(line(node), path, "holds " + form, "write " + wanted);
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }
}

package dev.millwright.codegen.adapter.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.openrewrite.xml.AddToTagVisitor;
import org.openrewrite.xml.XmlVisitor;
import org.openrewrite.xml.tree.Xml;

/// One pom as XML, with the edits made to it so far. Edits replace a tag's text or add a tag;
/// everything else, comments and blanks included, stays as it is.
final class Pom {
  private static final Xml.Tag NONE = Xml.Tag.build("<none/>");

  private final Xml.Document document;
  private final Map<UUID, String> values = new HashMap<>();
  private final List<Addition> additions = new ArrayList<>();

  /// A tag to put below the named tags, outermost first; those that are missing are made.
  private record Addition(List<String> below, String tag) {}

  Pom(Xml.Document document) {
    this.document = document;
  }

  Path path() {
    return document.getSourcePath();
  }

  /// Whether some dependency declaration names this library, with or without a version.
  List<Xml.Tag> dependencies(String group, String artifact) {
    return tags("dependency").stream()
        .filter(tag -> text(tag, "groupId").equals(group))
        .filter(tag -> text(tag, "artifactId").equals(artifact))
        .toList();
  }

  /// Tags below any `properties`, those of profiles included.
  List<Xml.Tag> properties(String name) {
    return tags("properties").stream().flatMap(all -> all.getChildren(name).stream()).toList();
  }

  /// Dependencies whose version is exactly this expression.
  List<String> versionedBy(String expression) {
    return tags("dependency").stream()
        .filter(tag -> text(tag, "version").equals(expression))
        .map(tag -> text(tag, "groupId") + ":" + text(tag, "artifactId"))
        .distinct()
        .toList();
  }

  /// Whether the parent is another pom of the checkout, as far as the default path tells.
  boolean hasParentIn(List<Pom> poms) {
    return document
        .getRoot()
        .getChild("parent")
        .map(parent -> text(parent, "artifactId"))
        .filter(name -> poms.stream().anyMatch(pom -> pom.artifact().equals(name)))
        .isPresent();
  }

  void set(Xml.Tag tag, String value) {
    values.put(tag.getId(), value);
  }

  void addProperty(String name, String value) {
    additions.add(new Addition(List.of("properties"), "<%s>%s</%s>".formatted(name, value, name)));
  }

  void addManaged(String group, String artifact, String version) {
    String tag =
        """
        <dependency>
        <groupId>%s</groupId>
        <artifactId>%s</artifactId>
        <version>%s</version>
        </dependency>\
        """
            .formatted(group, artifact, version);
    additions.add(new Addition(List.of("dependencyManagement", "dependencies"), tag));
  }

  /// The edited text, or nothing where there was no edit.
  Optional<String> edited() {
    if (values.isEmpty() && additions.isEmpty()) {
      return Optional.empty();
    }
    Xml.Document result = (Xml.Document) new Values().visitNonNull(document, 0);
    for (Addition addition : additions) {
      result = (Xml.Document) new Adding(addition).visitNonNull(result, 0);
    }
    return Optional.of(result.printAll());
  }

  static String text(Xml.Tag tag, String child) {
    return tag.getChildValue(child).map(String::strip).orElse("");
  }

  private String artifact() {
    return text(document.getRoot(), "artifactId");
  }

  private List<Xml.Tag> tags(String name) {
    List<Xml.Tag> found = new ArrayList<>();
    walk(
        document.getRoot(),
        tag -> {
          if (tag.getName().equals(name)) {
            found.add(tag);
          }
        });
    return found;
  }

  private static void walk(Xml.Tag tag, Consumer<Xml.Tag> each) {
    each.accept(tag);
    tag.getChildren().forEach(child -> walk(child, each));
  }

  private final class Values extends XmlVisitor<Integer> {
    @Override
    public Xml visitTag(Xml.Tag tag, Integer unused) {
      String value = values.get(tag.getId());
      return value == null ? super.visitTag(tag, unused) : tag.withValue(value);
    }
  }

  /// Makes the way down to the place first, then puts the tag there, in the document's own
  /// indentation.
  private static final class Adding extends XmlVisitor<Integer> {
    private final Addition addition;

    Adding(Addition addition) {
      this.addition = addition;
    }

    @Override
    public Xml visitDocument(Xml.Document document, Integer unused) {
      Xml.Document result = document;
      List<String> way = new ArrayList<>();
      for (String name : addition.below()) {
        if (at(result, way).getChild(name).isEmpty()) {
          result = put(result, at(result, way), "<" + name + "/>");
        }
        way.add(name);
      }
      return put(result, at(result, way), addition.tag());
    }

    private static Xml.Document put(Xml.Document document, Xml.Tag place, String tag) {
      return (Xml.Document)
          new AddToTagVisitor<Integer>(place, Xml.Tag.build(tag)).visitNonNull(document, 0);
    }

    private static Xml.Tag at(Xml.Document document, List<String> way) {
      Xml.Tag tag = document.getRoot();
      for (String name : way) {
        tag = tag.getChild(name).orElse(NONE);
      }
      return tag;
    }
  }
}

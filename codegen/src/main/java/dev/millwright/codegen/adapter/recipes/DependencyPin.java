package dev.millwright.codegen.adapter.recipes;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrewrite.maven.tree.MavenResolutionResult;
import org.openrewrite.maven.tree.ResolvedDependency;
import org.openrewrite.semver.LatestRelease;
import org.openrewrite.xml.tree.Xml;

/// Moves a dependency to an exact version, wherever that version stands: as a literal, in a
/// property, in dependency management, in any pom of the checkout. A library that only comes in
/// through others is pinned in dependency management.
///
/// Reads no repository metadata, so it works for a version the local repository has never seen.
/// Never moves a version down.
record DependencyPin(String group, String artifact, String version) implements Step.Editor {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}$]+)}");
  private static final String COORDINATE = "[A-Za-z0-9_.-]+";
  private static final int MAX_DEPTH = 5;

  /// Whether this is one version, not a selector such as `1.x`, `latest.release` or a range.
  static boolean isExact(String version) {
    return version.matches("[A-Za-z0-9_.+-]+")
        && version.matches(".*[0-9].*")
        && !version.matches("(?i)(.*[.-])?x([.-].*)?|latest\\..*");
  }

  static DependencyPin of(RecipeCall call) {
    var pin =
        new DependencyPin(
            call.required("group", "the dependency's group id"),
            call.required("artifact", "the dependency's artifact id"),
            call.required("version", "the version to move to"));
    coordinate("options.group", pin.group);
    coordinate("options.artifact", pin.artifact);
    return pin;
  }

  @Override
  public void edit(Checkout checkout, SyntaxTrees trees, Report report) {
    List<Pom> poms =
        trees.pomsAsXml().stream()
            .filter(Xml.Document.class::isInstance)
            .map(tree -> new Pom((Xml.Document) tree))
            .toList();
    boolean versioned = false;
    boolean declared = false;
    for (Pom pom : poms) {
      for (Xml.Tag dependency : pom.dependencies(group, artifact)) {
        declared = true;
        var tag = dependency.getChild("version");
        if (tag.isPresent()) {
          versioned = true;
          move(pom, tag.get(), poms, report, 0, new HashSet<>());
        }
      }
    }
    if (!versioned) {
      pin(poms, declared, trees, report);
    }
    for (Pom pom : poms) {
      pom.edited().ifPresent(text -> checkout.write(pom.path(), FileChange.bytes(text)));
    }
  }

  /// Sets the tag's text, or follows it to the property that holds the version.
  private void move(
      Pom pom, Xml.Tag tag, List<Pom> poms, Report report, int depth, Set<String> followed) {
    String current = tag.getValue().map(String::strip).orElse("");
    Matcher property = PROPERTY.matcher(current);
    if (!property.matches()) {
      set(pom, tag, current, report);
      return;
    }
    String name = property.group(1);
    if (depth == MAX_DEPTH || !followed.add(name)) {
      report.message("the property " + name + " refers to itself, it is left alone");
      return;
    }
    if (name.startsWith("project.") || name.startsWith("pom.")) {
      report.message(pom.path() + " takes the version from " + current + ", it is left alone");
      return;
    }
    sharedWith(poms, current, report);
    boolean found = false;
    for (Pom holder : poms) {
      for (Xml.Tag value : holder.properties(name)) {
        found = true;
        move(holder, value, poms, report, depth + 1, followed);
      }
    }
    if (!found) {
      report.message("the property " + name + " comes from outside, " + pom.path() + " sets it");
      pom.addProperty(name, version);
    }
  }

  private void set(Pom pom, Xml.Tag tag, String current, Report report) {
    if (isExact(current) && compare(current, version) >= 0) {
      report.message("%s has %s:%s at %s already".formatted(pom.path(), group, artifact, current));
    } else {
      pom.set(tag, version);
    }
  }

  /// One property often holds the version of a whole family; who else moves must be known.
  private void sharedWith(List<Pom> poms, String expression, Report report) {
    var others =
        poms.stream()
            .flatMap(pom -> pom.versionedBy(expression).stream())
            .distinct()
            .filter(name -> !name.equals(group + ":" + artifact))
            .toList();
    if (!others.isEmpty()) {
      report.message(expression + " also holds the version of " + String.join(", ", others));
    }
  }

  /// Nothing here gives the library a version: another library or an imported list does.
  private void pin(List<Pom> poms, boolean declared, SyntaxTrees trees, Report report) {
    Optional<String> resolved = resolved(trees);
    if (resolved.isEmpty() && !declared) {
      report.message("no pom uses %s:%s".formatted(group, artifact));
      return;
    }
    if (resolved.isPresent() && compare(resolved.get(), version) >= 0) {
      report.message("%s:%s is at %s already".formatted(group, artifact, resolved.get()));
      return;
    }
    for (Pom pom : poms) {
      if (!pom.hasParentIn(poms)) {
        pom.addManaged(group, artifact, version);
      }
    }
  }

  /// The lowest version the poms resolve to, where they can be resolved.
  private Optional<String> resolved(SyntaxTrees trees) {
    return trees.load(EnumSet.of(Step.Language.MAVEN), _ -> true).stream()
        .flatMap(pom -> pom.getMarkers().findFirst(MavenResolutionResult.class).stream())
        .flatMap(result -> result.getDependencies().values().stream())
        .flatMap(List::stream)
        .filter(found -> found.getGroupId().equals(group))
        .filter(found -> found.getArtifactId().equals(artifact))
        .map(ResolvedDependency::getVersion)
        .min(DependencyPin::compare);
  }

  private static int compare(String left, String right) {
    return new LatestRelease(null).compare(null, left, right);
  }

  private static void coordinate(String field, String value) {
    if (!value.matches(COORDINATE)) {
      throw new BadInput(field, value, "write Maven coordinates such as org.apache.commons");
    }
  }
}

package dev.millwright.codegen.adapter.recipes;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openrewrite.Recipe;
import org.openrewrite.SourceFile;

/// One thing to do to a checkout.
sealed interface Step {

  /// The syntax trees a recipe looks at; only these are parsed, because parsing is what costs.
  enum Language {
    MAVEN,
    JAVA,
    YAML,
    PROPERTIES,
    XML,
    TEXT
  }

  /// An OpenRewrite recipe over syntax trees. It may depend on what the sources declare.
  record Rewrite(
      Set<Language> languages, Predicate<Path> files, Function<List<SourceFile>, Recipe> recipe)
      implements Step {
    public Rewrite {
      languages = Set.copyOf(languages);
    }
  }

  /// Our own plain code over the files.
  record Edit(Editor editor) implements Step {}

  /// Changes files of the checkout and says what it left alone.
  @FunctionalInterface
  interface Editor {
    void edit(Checkout checkout, SyntaxTrees trees, Report report);
  }
}

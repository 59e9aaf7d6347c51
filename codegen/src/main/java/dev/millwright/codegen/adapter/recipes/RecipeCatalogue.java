package dev.millwright.codegen.adapter.recipes;

import dev.millwright.codegen.adapter.recipes.Step.Language;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.openrewrite.Recipe;
import org.openrewrite.internal.RecipeLoader;
import org.openrewrite.java.ChangeMethodName;
import org.openrewrite.java.ChangePackage;
import org.openrewrite.java.ChangeType;
import org.openrewrite.java.OrderImports;
import org.openrewrite.java.RemoveUnusedImports;
import org.openrewrite.maven.UpgradeDependencyVersion;

/// The recipes by name, and what each makes of its options.
///
/// Any other name is taken as the class of an OpenRewrite recipe. Only Apache-2.0 modules are on
/// the class path, so nothing else can be named.
final class RecipeCatalogue {
  static final List<String> NAMES =
      List.of(
          "upgrade-dependency",
          "change-method",
          "change-type",
          "change-package",
          "remove-unused-imports",
          "order-imports",
          "change-property",
          "replace-text",
          "changelog-entry");

  private static final Set<Language> JAVA = EnumSet.of(Language.JAVA);
  private static final String NAME = "[A-Za-z_$][\\w$]*";

  private RecipeCatalogue() {}

  /// The step for one call, checked as far as that is possible without the sources.
  static Step step(RecipeCall call) {
    return switch (call.recipe()) {
      case "upgrade-dependency" -> upgradeDependency(call);
      case "change-method" -> changeMethod(call);
      case "change-type" -> changeType(call);
      case "change-package" -> changePackage(call);
      case "remove-unused-imports" -> java(call.allowing(Set.of()), new RemoveUnusedImports());
      case "order-imports" -> java(call.allowing(Set.of()), new OrderImports(null, null));
      case "change-property" -> changeProperty(call);
      case "replace-text" -> new Step.Edit(ReplaceText.of(call));
      case "changelog-entry" -> new Step.Edit(ChangelogEntry.of(call));
      default -> openRewrite(call);
    };
  }

  private static Step upgradeDependency(RecipeCall call) {
    call.allowing(Set.of("group", "artifact", "version"));
    String group = call.required("group", "the dependency's group id");
    String artifact = call.required("artifact", "the dependency's artifact id");
    String version = call.required("version", "the version to move to");
    if (DependencyPin.isExact(version)) {
      return new Step.Edit(DependencyPin.of(call));
    }
    var recipe = new UpgradeDependencyVersion(group, artifact, version, null, true, null);
    valid(recipe, call);
    return new Step.Rewrite(EnumSet.of(Language.MAVEN), RecipeCatalogue::all, _ -> recipe);
  }

  private static Step changeMethod(RecipeCall call) {
    call.allowing(Set.of("from", "to"));
    String from = call.required("from", "a method pattern such as com.acme.Money of(double)");
    String to = call.required("to", "the method's new simple name");
    if (!to.matches(NAME)) {
      throw new BadInput("options.to", to, "write the method's new simple name");
    }
    valid(new ChangeMethodName(from, to, true, true), call);
    return new Step.Rewrite(
        JAVA,
        RecipeCatalogue::all,
        sources -> new ChangeMethodName(from, to, true, Declarations.method(sources, from, to)));
  }

  private static Step changeType(RecipeCall call) {
    call.allowing(Set.of("from", "to"));
    String from = call.required("from", "a fully qualified type name");
    String to = call.required("to", "a fully qualified type name");
    for (String option : List.of("from", "to")) {
      qualified("options." + option, option.equals("from") ? from : to);
    }
    valid(new ChangeType(from, to, true), call);
    return new Step.Rewrite(
        JAVA,
        RecipeCatalogue::all,
        sources -> new ChangeType(from, to, Declarations.type(sources, to)));
  }

  private static Step changePackage(RecipeCall call) {
    call.allowing(Set.of("from", "to", "recursive"));
    String from = call.required("from", "a package name");
    String to = call.required("to", "a package name");
    qualified("options.from", from);
    qualified("options.to", to);
    return java(call, new ChangePackage(from, to, call.flag("recursive", true)));
  }

  private static Step changeProperty(RecipeCall call) {
    call.allowing(Set.of("key", "value", "old", "path"));
    String key = call.required("key", "the property's key, dots between its levels");
    String value = call.required("value", "the property's new value");
    String old = call.optional("old").orElse(null);
    Predicate<Path> files = call.optional("path").map(PathGlob::of).orElse(RecipeCatalogue::all);
    var recipes =
        List.<Recipe>of(
            new org.openrewrite.properties.ChangePropertyValue(key, value, old, false, false),
            new org.openrewrite.yaml.ChangePropertyValue(key, value, old, false, false, null));
    recipes.forEach(recipe -> valid(recipe, call));
    return new Step.Rewrite(
        EnumSet.of(Language.PROPERTIES, Language.YAML),
        files,
        _ -> new org.openrewrite.config.CompositeRecipe(recipes));
  }

  private static Step openRewrite(RecipeCall call) {
    String name = call.recipe();
    if (!name.startsWith("org.openrewrite.") || !name.matches("[\\w.$]+")) {
      throw new BadInput(
          "recipe", name, "name one of " + NAMES + " or the class of an OpenRewrite recipe");
    }
    Recipe recipe = loaded(call);
    valid(recipe, call);
    return new Step.Rewrite(languages(name), RecipeCatalogue::all, _ -> recipe);
  }

  private static Recipe loaded(RecipeCall call) {
    var loader = RecipeCatalogue.class.getClassLoader();
    try {
      Class<?> type = Class.forName(call.recipe(), false, loader);
      if (!Recipe.class.isAssignableFrom(type)) {
        throw new BadInput("recipe", call.recipe(), "this class is not a recipe");
      }
      return new RecipeLoader(loader).load(type, new HashMap<String, Object>(call.options()));
    } catch (ClassNotFoundException | LinkageError e) {
      throw new BadInput("recipe", call.recipe(), "there is no such recipe on the class path");
    } catch (BadInput e) {
      throw e;
    } catch (RuntimeException e) {
      throw new BadInput("options", call.options().toString(), Texts.firstLine(e));
    }
  }

  private static Set<Language> languages(String name) {
    for (var entry :
        Map.of(
                "org.openrewrite.java.", JAVA,
                "org.openrewrite.maven.", EnumSet.of(Language.MAVEN, Language.JAVA),
                "org.openrewrite.yaml.", EnumSet.of(Language.YAML),
                "org.openrewrite.text.", EnumSet.of(Language.TEXT),
                "org.openrewrite.properties.", EnumSet.of(Language.PROPERTIES),
                "org.openrewrite.xml.", EnumSet.of(Language.MAVEN, Language.XML))
            .entrySet()) {
      if (name.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return EnumSet.allOf(Language.class);
  }

  private static Step java(RecipeCall call, Recipe recipe) {
    valid(recipe, call);
    return new Step.Rewrite(JAVA, RecipeCatalogue::all, _ -> recipe);
  }

  private static void valid(Recipe recipe, RecipeCall call) {
    var failures = recipe.validate().failures();
    if (!failures.isEmpty()) {
      var first = failures.getFirst();
      throw new BadInput(
          "options." + first.getProperty(), call.options().toString(), first.getMessage());
    }
  }

  private static void qualified(String field, String name) {
    if (!name.matches(NAME + "(\\." + NAME + ")*")) {
      throw new BadInput(field, name, "write a Java name such as com.acme.orders.Clock");
    }
  }

  private static boolean all(Path path) {
    return !path.toString().isEmpty();
  }
}

package dev.millwright.codegen.adapter.recipes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One recipe to run: its name and options, as they came in.
record RecipeCall(String recipe, Map<String, String> options) {
  RecipeCall {
    options = Map.copyOf(options);
  }

  /// The option's value, which must be there and not blank.
  String required(String name, String fix) {
    String value = options.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new BadInput("options." + name, value, "recipe " + recipe + " needs " + fix);
    }
    return value;
  }

  /// The option's value where it may be left out.
  Optional<String> optional(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /// A yes-or-no option.
  boolean flag(String name, boolean otherwise) {
    return switch (options.getOrDefault(name, String.valueOf(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw new BadInput("options." + name, other, "write true or false");
    };
  }

  /// Refuses options the recipe does not know: a misspelt one would be ignored in silence.
  RecipeCall allowing(Set<String> known) {
    for (var option : options.entrySet()) {
      if (!known.contains(option.getKey())) {
        throw new BadInput(
            "options." + option.getKey(),
            option.getValue(),
            "recipe %s knows only %s".formatted(recipe, known.stream().sorted().toList()));
      }
    }
    return this;
  }
}

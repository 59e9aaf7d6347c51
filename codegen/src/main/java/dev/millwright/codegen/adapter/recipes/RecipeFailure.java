package dev.millwright.codegen.adapter.recipes;

/// A well-formed request that could not be carried out; nothing has been written.
final class RecipeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecipeFailure(String message) {
    super(message);
  }

  RecipeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

/// Mechanical code changes done by recipes, in a JVM of their own inside the sandbox. Open
/// `RecipeMain` first.
@NullMarked
package dev.millwright.codegen.adapter.recipes;

import org.jspecify.annotations.NullMarked;

/// The recipe runner, tried as the process it is.
@NullMarked
package dev.millwright.codegen.adapter.recipes;

import org.jspecify.annotations.NullMarked;

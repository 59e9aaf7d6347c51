/// The agents the factory can give work to: a command, recipes, and one that follows a script.
@NullMarked
package dev.millwright.codegen.adapter;

import org.jspecify.annotations.NullMarked;

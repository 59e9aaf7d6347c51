/// From a contract to a change: an agent works in a sandboxed workspace, and its commit is taken
/// out.
@NullMarked
package dev.millwright.codegen;

import org.jspecify.annotations.NullMarked;

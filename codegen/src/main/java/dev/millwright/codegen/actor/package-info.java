/// What one attempt at a change does: open `CodegenStage`.
@NullMarked
package dev.millwright.codegen.actor;

import org.jspecify.annotations.NullMarked;

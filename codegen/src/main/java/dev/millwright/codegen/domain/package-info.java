/// Codegen's rules, plain Java: open `Codegen`, then `Prompt` and `Convergence`.
@NullMarked
package dev.millwright.codegen.domain;

import org.jspecify.annotations.NullMarked;

/// Whoever writes code, seen through one interface: open `Agent`.
@NullMarked
package dev.millwright.codegen.port;

import org.jspecify.annotations.NullMarked;

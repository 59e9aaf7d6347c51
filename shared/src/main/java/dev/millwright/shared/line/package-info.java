/// The line that moves items: dispatcher, stage actors, attempts under leases.
@NullMarked
package dev.millwright.shared.line;

import org.jspecify.annotations.NullMarked;

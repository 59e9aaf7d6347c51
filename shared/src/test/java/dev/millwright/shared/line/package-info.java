/// Tests of the line with its real parts.
@NullMarked
package dev.millwright.shared.line;

import org.jspecify.annotations.NullMarked;

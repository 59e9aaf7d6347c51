/// Measurements of the running factory.
@NullMarked
package dev.millwright.bench;

import org.jspecify.annotations.NullMarked;

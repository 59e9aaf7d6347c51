/// Measurements of the running factory on both databases; start reading at `Bench`.
@NullMarked
package dev.millwright.bench;

import org.jspecify.annotations.NullMarked;

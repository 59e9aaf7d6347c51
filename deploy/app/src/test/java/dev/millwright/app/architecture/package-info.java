/// The map of the code as tests: who may know whom, what the rules may touch, how long a file may
/// be.
@NullMarked
package dev.millwright.app.architecture;

import org.jspecify.annotations.NullMarked;

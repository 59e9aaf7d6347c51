/// The whole program in processes of its own, as its users run it.
@NullMarked
package dev.millwright.app.running;

import org.jspecify.annotations.NullMarked;

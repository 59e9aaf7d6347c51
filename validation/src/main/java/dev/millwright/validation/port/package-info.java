/// What validation needs from outside: the change's lines, and checks that really run.
@NullMarked
package dev.millwright.validation.port;

import org.jspecify.annotations.NullMarked;

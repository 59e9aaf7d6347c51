/// What arrives from outside: something that happened and may call for work.
@NullMarked
package dev.millwright.shared.signal;

import org.jspecify.annotations.NullMarked;

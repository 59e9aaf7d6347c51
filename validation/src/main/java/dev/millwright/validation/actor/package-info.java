/// What one attempt at validation does.
@NullMarked
package dev.millwright.validation.actor;

import org.jspecify.annotations.NullMarked;

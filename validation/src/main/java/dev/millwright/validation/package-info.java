/// From a change to evidence: the project's own checks, compared with the base, and the guards.
@NullMarked
package dev.millwright.validation;

import org.jspecify.annotations.NullMarked;

/// From a landed change to documentation that agrees with it.
@NullMarked
package dev.millwright.docs;

import org.jspecify.annotations.NullMarked;

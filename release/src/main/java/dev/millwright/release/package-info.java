/// From evidence to a landed change: the forge, review, the landing lane, provenance.
@NullMarked
package dev.millwright.release;

import org.jspecify.annotations.NullMarked;

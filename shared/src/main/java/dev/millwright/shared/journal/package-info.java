/// How events are named, stored, chained, read back and shown.
@NullMarked
package dev.millwright.shared.journal;

import org.jspecify.annotations.NullMarked;

/// What the journal promises, held against real databases.
@NullMarked
package dev.millwright.shared.journal;

import org.jspecify.annotations.NullMarked;

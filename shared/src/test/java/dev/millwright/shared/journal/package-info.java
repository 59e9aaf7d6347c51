/// Tests of the journal on real databases, and the bytes that must stay readable for ever.
@NullMarked
package dev.millwright.shared.journal;

import org.jspecify.annotations.NullMarked;

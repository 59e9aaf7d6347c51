/// What an operator configures, as checked records.
@NullMarked
package dev.millwright.shared.settings;

import org.jspecify.annotations.NullMarked;

/// Expressions that people write into settings: `Expression`.
@NullMarked
package dev.millwright.shared.rule;

import org.jspecify.annotations.NullMarked;

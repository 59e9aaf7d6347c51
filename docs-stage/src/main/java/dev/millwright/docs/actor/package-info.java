/// The documentation stage's code: open `DocumentationStage`.
@NullMarked
package dev.millwright.docs.actor;

import org.jspecify.annotations.NullMarked;

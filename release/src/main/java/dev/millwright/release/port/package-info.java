/// What release needs from outside: a `Forge` to review and land on, a `Verifier` for combined
/// trees.
@NullMarked
package dev.millwright.release.port;

import org.jspecify.annotations.NullMarked;

/// What one attempt at a release does: open `ReleaseStage`, then `LandingLane`.
@NullMarked
package dev.millwright.release.actor;

import org.jspecify.annotations.NullMarked;

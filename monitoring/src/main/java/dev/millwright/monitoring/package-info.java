/// What happens after a change has landed, and the watchers whose findings become new work.
@NullMarked
package dev.millwright.monitoring;

import org.jspecify.annotations.NullMarked;

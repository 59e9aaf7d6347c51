/// What monitoring needs from outside.
@NullMarked
package dev.millwright.monitoring.port;

import org.jspecify.annotations.NullMarked;

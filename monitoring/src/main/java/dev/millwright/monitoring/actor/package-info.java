/// The monitoring stage's code: open `MonitoringStage`.
@NullMarked
package dev.millwright.monitoring.actor;

import org.jspecify.annotations.NullMarked;

/// How the factory shows itself: `MonitoringRoutes` over HTTP, `Dashboard` in a browser.
@NullMarked
package dev.millwright.monitoring.adapter;

import org.jspecify.annotations.NullMarked;

/// The sample service and the demo, tried.
@NullMarked
package dev.millwright.app.demo;

import org.jspecify.annotations.NullMarked;

/// The factory's face, tried over real HTTP.
@NullMarked
package dev.millwright.monitoring.adapter;

import org.jspecify.annotations.NullMarked;

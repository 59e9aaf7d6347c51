/// What is spoken outside, tried on its own.
@NullMarked
package dev.millwright.shared.http;

import org.jspecify.annotations.NullMarked;

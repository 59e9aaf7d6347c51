/// A factory with real work to do, for whoever has just cloned this.
@NullMarked
package dev.millwright.app.demo;

import org.jspecify.annotations.NullMarked;

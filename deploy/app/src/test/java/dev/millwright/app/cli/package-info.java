/// The command line against a small server that answers what it is told to.
@NullMarked
package dev.millwright.app.cli;

import org.jspecify.annotations.NullMarked;

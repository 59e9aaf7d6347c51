/// The command line: a client of the HTTP API, and the few commands that keep house.
@NullMarked
package dev.millwright.app.cli;

import org.jspecify.annotations.NullMarked;

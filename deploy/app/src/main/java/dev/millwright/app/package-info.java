/// The factory as one program: guardian, HTTP server, command line.
@NullMarked
package dev.millwright.app;

import org.jspecify.annotations.NullMarked;

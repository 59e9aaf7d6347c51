/// The HTTP interface, proven over real sockets: open `Wire` first.
@NullMarked
package dev.millwright.app.http;

import org.jspecify.annotations.NullMarked;

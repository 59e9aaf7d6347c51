/// What a team that comes from Symphony may rely on, line by line, against the whole program.
@NullMarked
package dev.millwright.app.symphony;

import org.jspecify.annotations.NullMarked;

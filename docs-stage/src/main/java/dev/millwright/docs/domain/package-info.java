/// What documentation promises and whether it still holds: open `Documentation`.
@NullMarked
package dev.millwright.docs.domain;

import org.jspecify.annotations.NullMarked;

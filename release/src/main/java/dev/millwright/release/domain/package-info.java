/// Release's rules, plain Java: open `Release`, then `ChangeText`.
@NullMarked
package dev.millwright.release.domain;

import org.jspecify.annotations.NullMarked;

/// What triage needs from outside: boards, and a repository's own rules.
@NullMarked
package dev.millwright.triage.port;

import org.jspecify.annotations.NullMarked;

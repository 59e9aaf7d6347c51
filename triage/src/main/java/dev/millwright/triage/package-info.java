/// From signal to contract: what kind of work it is, where, by whom, within which boundary. Open
/// `domain.Triage` first.
@NullMarked
package dev.millwright.triage;

import org.jspecify.annotations.NullMarked;

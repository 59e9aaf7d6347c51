/// What one attempt at triage does.
@NullMarked
package dev.millwright.triage.actor;

import org.jspecify.annotations.NullMarked;

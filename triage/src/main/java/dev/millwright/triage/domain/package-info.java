/// The rules of triage: plain functions of the context, the settings and the repository's own
/// rules.
@NullMarked
package dev.millwright.triage.domain;

import org.jspecify.annotations.NullMarked;

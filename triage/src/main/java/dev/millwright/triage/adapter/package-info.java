/// Where a repository's rules really come from: WORKFLOW.md in the mirror.
@NullMarked
package dev.millwright.triage.adapter;

import org.jspecify.annotations.NullMarked;

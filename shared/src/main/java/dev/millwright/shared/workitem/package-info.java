/// One piece of work and its whole journey: open `WorkItem` for the rules, `WorkItemState` for the
/// states.
@NullMarked
package dev.millwright.shared.workitem;

import org.jspecify.annotations.NullMarked;

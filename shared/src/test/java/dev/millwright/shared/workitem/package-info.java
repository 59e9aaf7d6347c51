/// Tests of the work item's rules.
@NullMarked
package dev.millwright.shared.workitem;

import org.jspecify.annotations.NullMarked;

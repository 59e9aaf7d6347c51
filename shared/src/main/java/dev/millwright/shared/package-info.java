/// What every stage of the line stands on: signals, work items, leases, policy, workspaces, the
/// journal.
@NullMarked
package dev.millwright.shared;

import org.jspecify.annotations.NullMarked;

/// Where untrusted work happens and how it comes out: processes, sandboxes, git mirrors,
/// workspaces. Open `Sandbox`, then `Workspaces`.
@NullMarked
package dev.millwright.shared.workspace;

import org.jspecify.annotations.NullMarked;

/// Agents with a protocol of their own, one process per session: open `SessionAgent`.
@NullMarked
package dev.millwright.codegen.adapter.session;

import org.jspecify.annotations.NullMarked;

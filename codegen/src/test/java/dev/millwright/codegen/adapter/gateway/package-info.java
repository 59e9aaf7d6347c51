/// The gateway over real sockets, with a provider that is scripted.
@NullMarked
package dev.millwright.codegen.adapter.gateway;

import org.jspecify.annotations.NullMarked;

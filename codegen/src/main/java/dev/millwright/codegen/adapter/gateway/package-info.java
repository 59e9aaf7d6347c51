/// The way from agents to models, and what it sees there: open `HttpGateway`.
@NullMarked
package dev.millwright.codegen.adapter.gateway;

import org.jspecify.annotations.NullMarked;

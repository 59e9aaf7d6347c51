/// Providers whose models follow a script, for tests, benchmarks and trying agents without a key:
/// open `ScriptedModel`.
@NullMarked
package dev.millwright.codegen.adapter.scripted;

import org.jspecify.annotations.NullMarked;

/// The real agents, driven against a model whose words are scripted.
@NullMarked
package dev.millwright.codegen.adapter.session;

import org.jspecify.annotations.NullMarked;

/// How the factory is reached over HTTP: open `Operation` for what a route declares, `Api` for how
/// it is served, `Gate` for who may.
@NullMarked
package dev.millwright.shared.http;

import org.jspecify.annotations.NullMarked;

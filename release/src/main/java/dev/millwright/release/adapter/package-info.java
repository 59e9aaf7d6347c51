/// The forges: a plain git repository, and one that follows a script.
@NullMarked
package dev.millwright.release.adapter;

import org.jspecify.annotations.NullMarked;

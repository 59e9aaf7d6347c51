/// How checks really run: sandbox, checkouts, caches, report readers.
@NullMarked
package dev.millwright.validation.adapter;

import org.jspecify.annotations.NullMarked;

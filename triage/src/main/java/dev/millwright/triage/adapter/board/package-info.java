/// Where tickets really live. `BoardMaker` makes the board of a kind; all kinds that live elsewhere
/// ask through a `BoardClient`, which bounds every exchange and shows no secret.
@NullMarked
package dev.millwright.triage.adapter.board;

import org.jspecify.annotations.NullMarked;

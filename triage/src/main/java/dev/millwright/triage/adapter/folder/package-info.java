/// A board of Markdown files in a directory or on a branch; open `FolderBoard` first.
@NullMarked
package dev.millwright.triage.adapter.folder;

import org.jspecify.annotations.NullMarked;

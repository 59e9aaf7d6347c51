/// A board of Markdown files in a directory; open `FolderBoard` first.
@NullMarked
package dev.millwright.triage.adapter.folder;

import org.jspecify.annotations.NullMarked;

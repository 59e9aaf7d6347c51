package dev.millwright.codegen.adapter.recipes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openrewrite.jgit.diff.Edit;
import org.openrewrite.jgit.diff.HistogramDiff;
import org.openrewrite.jgit.diff.RawText;
import org.openrewrite.jgit.diff.RawTextComparator;

/// One changed file and how many lines it gained and lost.
record FileChange(Path path, int additions, int deletions) {

  static FileChange between(Path path, byte[] before, byte[] after) {
    int added = 0;
    int removed = 0;
    for (Edit edit :
        new HistogramDiff()
            .diff(RawTextComparator.DEFAULT, new RawText(before), new RawText(after))) {
      added += edit.getLengthB();
      removed += edit.getLengthA();
    }
    return new FileChange(path, added, removed);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

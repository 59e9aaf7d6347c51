package dev.millwright.codegen.adapter.recipes;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/// Replaces a literal text in the files a glob names: for documents that name a command, a file or
/// a key that has changed.
record ReplaceText(Predicate<Path> files, String find, String replace) implements Step.Editor {

  static ReplaceText of(RecipeCall call) {
    call.allowing(Set.of("path", "find", "replace"));
    var files = PathGlob.of(call.required("path", "a path or glob of the files to change"));
    String find = call.required("find", "the text to replace");
    String replace = call.optional("replace").orElse("");
    if (find.equals(replace)) {
      throw new BadInput("options.replace", replace, "write something other than the found text");
    }
    return new ReplaceText(files, find, replace);
  }

  @Override
  public void edit(Checkout checkout, SyntaxTrees trees, Report report) {
    int matching = 0;
    int changed = 0;
    for (Path path : checkout.files(files)) {
      var text = checkout.text(path);
      matching++;
      if (text.isPresent() && text.get().contains(find)) {
        checkout.write(path, FileChange.bytes(text.get().replace(find, replace)));
        changed++;
      }
    }
    if (changed == 0) {
      report.message("the text stands in none of the %d files named".formatted(matching));
    }
  }
}

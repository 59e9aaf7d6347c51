package dev.millwright.codegen.adapter.recipes;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openrewrite.PrintOutputCapture;
import org.openrewrite.Result;
import org.openrewrite.SourceFile;
import org.openrewrite.internal.InMemoryLargeSourceSet;

/// Runs the steps one after the other over one checkout and writes what they changed.
final class RecipeRunner {
  private static final int ONE_CYCLE_SETTLES = 3;

  private final Checkout checkout;
  private final SyntaxTrees trees;
  private final Report report;

  RecipeRunner(Checkout checkout, LocalRepository repository, Report report) {
    this.checkout = checkout;
    this.report = report;
    this.trees = new SyntaxTrees(checkout, repository, report);
  }

  void run(List<Step> steps) throws IOException {
    for (Step step : steps) {
      switch (step) {
        case Step.Rewrite rewrite -> rewrite(rewrite);
        case Step.Edit(var editor) -> {
          editor.edit(checkout, trees, report);
          trees.forget();
        }
      }
    }
    List<FileChange> changes = checkout.save();
    changes.forEach(report::fileChange);
    if (changes.isEmpty()) {
      report.result("unchanged", "nothing to change", 0);
    } else {
      report.result("changed", summary(changes), changes.size());
    }
  }

  private void rewrite(Step.Rewrite rewrite) {
    List<SourceFile> sources = trees.load(rewrite.languages(), rewrite.files());
    if (sources.isEmpty()) {
      report.message("the checkout has no source this recipe reads");
    }
    var recipe = rewrite.recipe().apply(sources);
    var run = recipe.run(new InMemoryLargeSourceSet(sources), trees.context(), ONE_CYCLE_SETTLES);
    for (Result result : new ArrayList<>(run.getChangeset().getAllResults())) {
      take(result);
      trees.take(result);
    }
  }

  private void take(Result result) {
    SourceFile before = result.getBefore();
    SourceFile after = result.getAfter();
    if (after == null) {
      if (before != null) {
        checkout.delete(before.getSourcePath());
      }
      return;
    }
    Path path = after.getSourcePath();
    if (before != null && !before.getSourcePath().equals(path)) {
      if (checkout.read(path).isPresent()) {
        throw new RecipeFailure(before.getSourcePath() + " would replace " + path);
      }
      checkout.delete(before.getSourcePath());
    }
    checkout.write(path, printed(after));
  }

  /// The text without the marks that searching recipes leave for people.
  private static byte[] printed(SourceFile tree) {
    String text =
        tree.printAll(new PrintOutputCapture<>(0, PrintOutputCapture.MarkerPrinter.SANITIZED));
    Charset charset = tree.getCharset();
    return (tree.isCharsetBomMarked() ? "\uFEFF" + text : text).getBytes(charset);
  }

  private static String summary(List<FileChange> changes) {
    int additions = changes.stream().mapToInt(FileChange::additions).sum();
    int deletions = changes.stream().mapToInt(FileChange::deletions).sum();
    return "%d %s changed, %d lines added, %d removed"
        .formatted(changes.size(), changes.size() == 1 ? "file" : "files", additions, deletions);
  }
}

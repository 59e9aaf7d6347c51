package dev.millwright.codegen.adapter.recipes;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs recipes over the checkout in the working directory: one JSON document in, one JSON object a
/// line out. Meant to be a process of its own inside the sandbox, because it parses untrusted
/// sources with a compiler's appetite for memory.
///
/// Ends with 0 when it changed the files or found nothing to change, 2 when the request cannot be
/// understood, 1 when it could not be carried out; then nothing is written.
public final class RecipeMain {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  /// Deeply nested sources recurse deeply, in the compiler and in the recipes.
  private static final long STACK_BYTES = 256L << 20;

  private RecipeMain() {}

  /// Reads from standard input, so that options never pass a shell or a process list.
  public static void main(String[] args) throws Exception {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var task =
        new FutureTask<>(
            (Callable<Integer>)
                () -> run(System.in, new Report(out), Path.of("").toAbsolutePath()));
    new Thread(null, task, "recipes", STACK_BYTES).start();
    int code = exitCode(task);
    out.flush();
    System.exit(code);
  }

  private static int exitCode(FutureTask<Integer> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      System.err.println("recipes: " + e.getCause());
      return FAILED;
    }
  }

  static int run(InputStream in, Report report, Path directory) {
    try {
      var request = RecipeRequest.read(in);
      List<Step> steps = request.calls().stream().map(RecipeCatalogue::step).toList();
      var runner =
          new RecipeRunner(
              Checkout.open(directory, report), LocalRepository.fromSystemProperties(), report);
      runner.run(steps);
      return DONE;
    } catch (BadInput e) {
      report.result("failed", Texts.firstLine(e), 0);
      return BAD_INPUT;
    } catch (RecipeFailure e) {
      report.result("failed", Texts.firstLine(e), 0);
      return FAILED;
    } catch (OutOfMemoryError | StackOverflowError e) {
      report.result("failed", "the sources are too large: " + Texts.firstLine(e), 0);
      return FAILED;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      report.result("failed", e.getClass().getSimpleName() + ": " + Texts.firstLine(e), 0);
      return FAILED;
    }
  }
}

package dev.millwright.app.running;

import dev.millwright.app.Millwright;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The words that run `millwright` in a JVM of its own: from its jar where there is one, and then
/// from an ahead-of-time cache, as the launcher does. Some sixty factories start in these tests.
final class Program {
  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseG1GC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx512m",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = TARGET.resolve("millwright-app.jar");
  private static final Path CACHE = TARGET.resolve("tests.aot");
  private static final List<String> COMMAND = command();

  private Program() {}

  static List<String> words(String... words) {
    var all = new ArrayList<>(COMMAND);
    all.addAll(List.of(words));
    return all;
  }

  private static List<String> command() {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var jars =
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> !path.equals(TARGET.resolve("test-classes")))
            .map(path -> path.equals(TARGET.resolve("classes")) ? JAR : path)
            .toList();
    // Beside classes that are no jars, as after `test` without `package`, there can be no cache.
    return jars.stream().allMatch(Files::isRegularFile)
        ? cached(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
        : java(classPath, List.of());
  }

  /// The cache is made once for all JVMs that run tests, by the first of them.
  private static List<String> cached(String classPath) {
    try (var lock =
            FileChannel.open(
                TARGET.resolve("tests.aot.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (!Files.exists(CACHE) || isOlder(CACHE, JAR)) {
        var words = java(classPath, List.of("-XX:AOTCacheOutput=" + CACHE));
        words.add("warm-up");
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(TARGET.resolve("tests.aot.log").toFile())
            .start()
            .onExit()
            .join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return java(classPath, Files.exists(CACHE) ? List.of("-XX:AOTCache=" + CACHE) : List.of());
  }

  private static boolean isOlder(Path one, Path other) throws IOException {
    return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
  }

  private static List<String> java(String classPath, List<String> more) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    words.addAll(more);
    words.addAll(List.of("-cp", classPath, Millwright.class.getName()));
    return words;
  }
}

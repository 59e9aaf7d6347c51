package dev.millwright.app.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// How large the terminal is that stdout is, asked without starting a process.
record WindowSize(int columns, int rows) {
  private static final WindowSize USUAL = new WindowSize(100, 30);
  private static final int LEAST = 20;
  private static final long LINUX = 0x5413;
  private static final long MACOS = 0x40087468;

  /// As it is now; a guess where a terminal does not say.
  static WindowSize now() {
    return asked().filter(size -> size.columns() >= LEAST && size.rows() > 0).orElse(USUAL);
  }

  /// Whether stdout is a terminal at all.
  static boolean isThere() {
    return asked().isPresent();
  }

  @SuppressWarnings("restricted")
  private static Optional<WindowSize> asked() {
    try (var arena = Arena.ofConfined()) {
      var linker = Linker.nativeLinker();
      var ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      var size = arena.allocate(8);
      boolean mac = System.getProperty("os.name", "").startsWith("Mac");
      int answer = (int) ioctl.invokeExact(1, mac ? MACOS : LINUX, size);
      return answer == 0
          ? Optional.of(
              new WindowSize(
                  size.get(ValueLayout.JAVA_SHORT, 2), size.get(ValueLayout.JAVA_SHORT, 0)))
          : Optional.empty();
    } catch (Throwable _) {
      return Optional.empty(); // No such call here; a guess is good enough to print a table.
    }
  }
}

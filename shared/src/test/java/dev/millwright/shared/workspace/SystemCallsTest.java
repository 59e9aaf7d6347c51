package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workspace.SystemCalls.Machine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The filter read as the kernel reads it, for every machine. That the kernel of this one obeys it
/// is seen in [BubblewrapTest].
class SystemCallsTest {
  private static final int X86_64 = 0xc000003e;
  private static final int AARCH64 = 0xc00000b7;
  private static final int ALLOWED = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int NO_SUCH_FAMILY = 0x00050061;

  @ParameterizedTest
  @EnumSource
  void every_call_of_the_list_is_refused_and_its_neighbours_are_not(Machine machine) {
    int audit = machine == Machine.X86_64 ? X86_64 : AARCH64;
    int socket = machine == Machine.X86_64 ? 41 : 198;
    var refused = machine.refused();

    assertThat(refused).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    for (int call = 0; call < 600; call++) {
      int expected = refused.contains(call) ? EPERM : call == socket ? NO_SUCH_FAMILY : ALLOWED;
      assertThat(answer(machine, audit, call, 40)).as("call %d", call).isEqualTo(expected);
    }
  }

  @Test
  void builds_and_debuggers_keep_what_they_need() {
    for (int call : new int[] {0, 1, 9, 56, 57, 59, 101, 157, 257, 272, 435}) {
      assertThat(answer(Machine.X86_64, X86_64, call, 0)).isEqualTo(ALLOWED);
    }
    for (int family : new int[] {1, 2, 10, 16}) {
      assertThat(answer(Machine.X86_64, X86_64, 41, family)).isEqualTo(ALLOWED);
      assertThat(answer(Machine.AARCH64, AARCH64, 198, family)).isEqualTo(ALLOWED);
    }
  }

  @Test
  void the_same_calls_by_other_numbers_do_not_exist() {
    assertThat(answer(Machine.X86_64, X86_64, 0x40000000 + 250, 0)).isEqualTo(ENOSYS);
    assertThat(answer(Machine.X86_64, 0x40000003, 1, 0)).isEqualTo(ENOSYS);
    assertThat(answer(Machine.AARCH64, X86_64, 1, 0)).isEqualTo(ENOSYS);
  }

  /// A small machine for the four instructions that are used.
  private static int answer(Machine machine, int audit, int call, int firstArgument) {
    var code = ByteBuffer.wrap(SystemCalls.filter(machine)).order(ByteOrder.nativeOrder());
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int operation = code.getShort(at * 8);
      int ifTrue = code.get(at * 8 + 2);
      int ifFalse = code.get(at * 8 + 3);
      int value = code.getInt(at * 8 + 4);
      switch (operation) {
        case 0x20 -> accumulator = value == 0 ? call : value == 4 ? audit : firstArgument;
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return value;
        }
        default -> throw new AssertionError("no such instruction: " + operation);
      }
    }
  }
}

package dev.millwright.shared.workspace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The system calls a sandbox refuses, as a seccomp filter: keys of the host's user, which no
/// namespace hides; large and young parts of the kernel where ways out were found again and again;
/// and what only an administrator has a use for, in case a capability should ever slip in.
///
/// What is allowed on purpose: `ptrace`, because debuggers and leak checkers need it, and in a
/// process namespace of its own it reaches the sandbox's own processes only; new namespaces,
/// because the kernel already counts them down to none.
final class SystemCalls {
  /// By name, its number on x86_64, its number on aarch64; a dash where there is none.
  private static final String REFUSED =
      """
      add_key            248 217
      request_key        249 218
      keyctl             250 219
      io_uring_setup     425 425
      io_uring_enter     426 426
      io_uring_register  427 427
      bpf                321 280
      perf_event_open    298 241
      userfaultfd        323 282
      open_by_handle_at  304 265
      fanotify_init      300 262
      lookup_dcookie     212  18
      modify_ldt         154   -
      iopl               172   -
      ioperm             173   -
      mount              165  40
      umount2            166  39
      pivot_root         155  41
      chroot             161  51
      open_tree          428 428
      move_mount         429 429
      fsopen             430 430
      fsconfig           431 431
      fsmount            432 432
      fspick             433 433
      mount_setattr      442 442
      setns              308 268
      init_module        175 105
      finit_module       313 273
      delete_module      176 106
      kexec_load         246 104
      kexec_file_load    320 294
      reboot             169 142
      swapon             167 224
      swapoff            168 225
      acct               163  89
      quotactl           179  60
      quotactl_fd        443 443
      syslog             103 116
      settimeofday       164 170
      clock_settime      227 112
      vhangup            153  58
      """;

  /// UNIX, IPv4, IPv6, netlink. All others (the hypervisor's vsock, the kernel's ciphers, raw
  /// packets) are not divided by network namespaces, or are seldom looked after.
  private static final List<Integer> FAMILIES = List.of(1, 2, 10, 16);

  /// The kernel's `struct seccomp_data`: where the filter finds the call, the machine, and the
  /// lower half of the first argument.
  private static final int CALL = 0;

  private static final int MACHINE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_AT_LEAST = 0x35;
  private static final int RETURN = 0x06;

  private static final int ALLOW = 0x7fff0000;
  private static final int REFUSE = 0x00050000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EAFNOSUPPORT = 97;
  private static final int INSTRUCTION_BYTES = 8;

  private SystemCalls() {}

  /// A kind of machine. Calls numbered `others` or higher belong to a second set of numbers for the
  /// same calls, which is refused whole.
  enum Machine {
    X86_64(0xc000003e, 1, 41, 0x40000000),
    AARCH64(0xc00000b7, 2, 198, 0x7fffffff);

    private final int audit;
    private final int column;
    private final int socket;
    private final int others;

    Machine(int audit, int column, int socket, int others) {
      this.audit = audit;
      this.column = column;
      this.socket = socket;
      this.others = others;
    }

    static Optional<Machine> here() {
      return switch (System.getProperty("os.arch", "")) {
        case "amd64", "x86_64" -> Optional.of(X86_64);
        case "aarch64", "arm64" -> Optional.of(AARCH64);
        default -> Optional.empty();
      };
    }

    /// What this filter refuses outright here.
    List<Integer> refused() {
      return REFUSED
          .lines()
          .map(line -> line.split("\\s+")[column])
          .filter(number -> !number.equals("-"))
          .map(Integer::valueOf)
          .toList();
    }
  }

  /// The filter, as the kernel reads it. Calls of another machine's (32-bit programs) do not exist.
  static byte[] filter(Machine machine) {
    var code = new Code();
    code.load(MACHINE);
    code.unless(JUMP_IF_EQUAL, machine.audit, REFUSE | ENOSYS);
    code.load(CALL);
    code.when(JUMP_IF_AT_LEAST, machine.others, REFUSE | ENOSYS);
    machine.refused().forEach(call -> code.when(JUMP_IF_EQUAL, call, REFUSE | EPERM));
    code.unless(JUMP_IF_EQUAL, machine.socket, ALLOW);
    code.load(FIRST_ARGUMENT);
    FAMILIES.forEach(family -> code.when(JUMP_IF_EQUAL, family, ALLOW));
    code.then(REFUSE | EAFNOSUPPORT);
    return code.bytes();
  }

  /// Instructions one after the other; a jump skips the return that follows it, or not.
  private static final class Code {
    private final List<byte[]> instructions = new ArrayList<>();

    void load(int offset) {
      add(LOAD, 0, 0, offset);
    }

    void when(int jump, int value, int answer) {
      add(jump, 0, 1, value);
      then(answer);
    }

    void unless(int jump, int value, int answer) {
      add(jump, 1, 0, value);
      then(answer);
    }

    void then(int answer) {
      add(RETURN, 0, 0, answer);
    }

    private void add(int operation, int ifTrue, int ifFalse, int value) {
      instructions.add(
          ByteBuffer.allocate(INSTRUCTION_BYTES)
              .order(ByteOrder.nativeOrder())
              .putShort((short) operation)
              .put((byte) ifTrue)
              .put((byte) ifFalse)
              .putInt(value)
              .array());
    }

    byte[] bytes() {
      var all = ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES);
      instructions.forEach(all::put);
      return all.array();
    }
  }
}

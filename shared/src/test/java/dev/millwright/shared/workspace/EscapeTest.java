package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Ways out of the box, each tried in every sandbox that works here. A probe says `ESCAPED` when it
/// got out; that it can is seen first without a sandbox, where that harms nobody.
@ParameterizedClass
@MethodSource("dev.millwright.shared.workspace.WorkingSandboxes#kinds")
class EscapeTest {
  private static final String OUT = "ESCAPED";
  private static final Limits SMALL =
      Limits.DEFAULT.withTime(Duration.ofSeconds(60)).withProcesses(60);
  private static final long MIB = 1 << 20;

  @Parameter SandboxKind kind = SandboxKind.BUBBLEWRAP;

  private final Scratch scratch = new Scratch();
  private final Path data = scratch.make("data");
  private final Path outside = scratch.make("outside");
  private final Box box = Box.of(scratch.make("workspace"));
  private final Sandbox open = new Unconfined(scratch.make("unconfined"));
  private final OpenDoors doors = new OpenDoors(OUT);
  private Sandbox sandbox = open;

  @BeforeEach
  void make() {
    sandbox = WorkingSandboxes.make(kind, data);
  }

  @AfterEach
  void leave_nothing() {
    doors.close();
    assertThat(new Runs(data).left()).isEmpty();
    scratch.close();
  }

  // Files

  @Test
  void a_file_of_the_host_is_not_read() throws Exception {
    Path secret = Files.writeString(outside.resolve("secret"), OUT);

    escapesOnlyOutside("cat " + secret);
    escapesOnlyOutside("find / -path " + secret + " 2> /dev/null | sed s/.*/" + OUT + "/");
  }

  @Test
  void the_data_directory_is_not_seen() throws Exception {
    escapesOnlyOutside("ls " + data + "/processes && echo " + OUT);
  }

  @Test
  void the_environment_of_other_processes_is_not_read() throws Exception {
    doors.process("TOKEN", OUT, "sleep", "1000");

    escapesOnlyOutside("cat /proc/[0-9]*/environ 2> /dev/null | tr '\\0' '\\n' | grep ^TOKEN=");
  }

  @Test
  void nothing_outside_is_written() throws Exception {
    escapesOnlyOutside("echo > " + outside + "/planted && echo " + OUT);

    staysIn("for f in /usr/x /etc/x /bin/sh /lib/x; do echo > $f && echo " + OUT + "; done");
  }

  @Test
  void a_link_of_the_workspace_leads_nowhere() throws Exception {
    Files.writeString(outside.resolve("secret"), OUT);

    escapesOnlyOutside("ln -sfn " + outside + " out; cat out/secret");
    escapesOnlyOutside("ln -sfn " + outside + " out; echo > out/planted && echo " + OUT);
    escapesOnlyOutside("ln -f " + outside + "/secret hard && cat hard");
  }

  @Test
  void what_is_hidden_of_the_workspace_is_not_reached() throws Exception {
    Path hidden = Files.createDirectory(box.workspace().resolve("hidden"));
    Files.writeString(hidden.resolve("secret"), OUT);
    String probe = "umount hidden; mv hidden away; rm -rf hidden; cat */secret";

    assertThat(run(sandbox, box.hiding(List.of("hidden")), probe)).isEmpty();
    assertThat(hidden.resolve("secret")).hasContent(OUT);
    assertThat(run(sandbox, box, probe.replaceFirst("rm .*; cat", "cat"))).contains(OUT);
  }

  @Test
  void the_host_does_not_follow_a_link_when_it_reads_results() throws Exception {
    Path secret = Files.writeString(outside.resolve("secret"), OUT);
    sandbox.run(Command.shell("ln -s " + secret + " result; ln -s " + outside + " folder"), box);

    assertThat(box.workspace().resolve("result")).hasContent(OUT);
    assertThat(Within.existing(box.workspace(), "result")).isEmpty();
    assertThat(Within.existing(box.workspace(), "folder/secret")).isEmpty();
    assertThat(Within.writable(box.workspace(), "folder/new")).isEmpty();
    assertThat(run(sandbox, box.writing(box.workspace().resolve("folder"), "/out"), "ls /out"))
        .isEmpty();
  }

  @Test
  void the_mirrors_git_is_not_changed() throws Exception {
    var origin = Repository.at(scratch.make("origin")).file("a", "a");
    String commit = origin.commit("Base");
    var mirrors = new Mirrors(data);
    var mirror = mirrors.mirror("orders", origin.folder().toString());
    mirror.refresh();
    var workspace = new Workspaces(data, mirrors).create("item-1", 1, mirror, commit);
    String git = mirror.folder().toString();
    String write =
        "for f in config hooks/post-update HEAD objects/info/alternates packed-refs objects/x;"
            + " do echo x > "
            + git
            + "/$f; done 2> /dev/null";

    var before = Trees.list(mirror.folder());
    var config = Files.readString(mirror.folder().resolve("config"));
    // Above the objects there may be folders of the sandbox's own, to hold them.
    run(sandbox, workspace.box(), write + "; rm -rf " + git);

    assertThat(run(sandbox, workspace.box(), "git log --format=%s")).isEqualTo("Base\n");
    assertThat(Trees.list(mirror.folder())).hasSameElementsAs(before);
    assertThat(mirror.folder().resolve("config")).hasContent(config);
    assertThat(mirror.objects().resolve("x")).doesNotExist();
    run(open, workspace.box(), write);
    assertThat(mirror.objects().resolve("x")).exists();
    assertThat(mirror.folder().resolve("config")).hasContent("x");
  }

  // Network

  @Test
  void a_port_of_the_host_is_not_reached() throws Exception {
    int port = doors.tcp();

    escapesOnlyOutside(tcp("127.0.0.1", port));
    for (var card : NetworkInterface.networkInterfaces().toList()) {
      for (var address : card.inetAddresses().map(InetAddress::getHostAddress).toList()) {
        if (!address.contains(":")) {
          staysIn(tcp(address, port));
        }
      }
    }
  }

  @Test
  void no_datagram_leaves_and_so_no_question_for_a_name() throws Exception {
    escapesOnlyOutside(
        "perl -MSocket -e 'socket(S,AF_INET,SOCK_DGRAM,0); alarm 5;"
            + " send(S,\"?\",0,pack_sockaddr_in(%d,inet_aton(\"127.0.0.1\"))) or exit 1;"
                .formatted(doors.udp())
            + " recv(S,$a,99,0); print $a'");
    assertThat(run(sandbox, box, "cat /proc/net/route")).hasLineCount(1);
  }

  @Test
  void a_socket_of_the_host_is_reached_only_where_it_is_bound() throws Exception {
    Path agent = doors.socket(outside.resolve("ssh-agent"));
    String name = doors.abstractSocket();
    String connect =
        "perl -MSocket -e 'socket(S,AF_UNIX,SOCK_STREAM,0);"
            + " connect(S,pack_sockaddr_un(%s)) or die $!; print <S>' %s";

    String bound = connect.formatted("$ARGV[0]", "/run/model/ssh-agent");

    escapesOnlyOutside(connect.formatted("$ARGV[0]", agent));
    assertThat(run(sandbox, box.reading(outside, "/run/model"), bound)).contains(OUT);
    escapesOnlyOutside(connect.formatted("\"\\0$ARGV[0]\"", name));
  }

  // Processes and privilege

  @Test
  void a_process_of_the_host_is_not_killed() throws Exception {
    var first = doors.process("NAME", "first", "sleep", "1000");
    var second = doors.process("NAME", "second", "sleep", "1000");

    assertThat(run(open, box, "kill -9 " + first.pid() + " && echo " + OUT)).contains(OUT);
    staysIn("kill -9 " + second.pid() + " && echo " + OUT);
    staysIn("kill -9 -1");

    assertThat(first.waitFor()).isEqualTo(137);
    assertThat(second.isAlive()).isTrue();
  }

  @Test
  void nothing_survives_the_end() throws Exception {
    String probe =
        "perl -MPOSIX -e 'exit if fork; setsid; exit if fork; close STDIN; close STDOUT;"
            + " close STDERR; %%ENV = (); exec \"/bin/sleep\", \"%s\"'; sleep 0.3";
    String free = mark();
    String boxed = mark();

    doors.process("A", "b", "/bin/sh", "-c", probe.formatted(free)).waitFor();
    var exit = sandbox.run(Command.shell(probe.formatted(boxed)), box);

    assertThat(exit.succeeded()).isTrue();
    await().until(() -> sleeping(free).size() == 1);
    assertThat(sleeping(boxed)).isEmpty();
    sleeping(free).forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void no_privilege_is_had_or_gained() throws Exception {
    escapesOnlyOutside("unshare --user --map-root-user true && echo " + OUT);

    assertThat(run(sandbox, box, "cat /proc/self/status").replace("\t", " "))
        .containsPattern("CapInh: 0+\n")
        .containsPattern("CapPrm: 0+\n")
        .containsPattern("CapEff: 0+\n")
        .containsPattern("CapBnd: 0+\n")
        .containsPattern("CapAmb: 0+\n")
        .contains("NoNewPrivs: 1", "Seccomp: 2");
    staysIn("mount -t tmpfs none /tmp && echo " + OUT);
    staysIn("mknod disk b 8 0 && echo " + OUT);
    staysIn("chroot /usr true && echo " + OUT);
    staysIn("dmesg | sed s/.*/" + OUT + "/");
  }

  @Test
  void the_machines_own_switches_are_out_of_reach() throws Exception {
    for (var file :
        List.of("sys/kernel/core_pattern", "sys/vm/overcommit_memory", "sysrq-trigger")) {
      staysIn("exec 3>> /proc/" + file + " && echo " + OUT);
    }
    staysIn("find /proc/sys /proc/irq /proc/bus -type f -writable | sed s/.*/" + OUT + "/");
    staysIn("find /sys -type f -writable 2> /dev/null | head -1 | sed s/.*/" + OUT + "/");
    staysIn(
        "for f in /dev/mem /dev/kmsg /dev/vda /dev/sda /dev/kvm /proc/kcore;"
            + " do head -c 1 $f > /dev/null && echo "
            + OUT
            + "; done");
  }

  @Test
  void the_keys_of_the_hosts_user_and_risky_calls_are_refused() throws Exception {
    String call = "perl -e 'syscall(%s, %s) == -1 && $! == 1 or print \"" + OUT + "\"'";
    boolean arm = System.getProperty("os.arch").equals("aarch64");

    escapesOnlyOutside(call.formatted(arm ? 219 : 250, "0, -3, 0"));
    escapesOnlyOutside(call.formatted(arm ? 217 : 248, "my $a = q(user), my $b = q(), 0, 0, -2"));
    for (int risky : arm ? new int[] {280, 241, 282, 265} : new int[] {321, 298, 323, 304}) {
      staysIn(call.formatted(risky, "0, 0, 0, 0, 0"));
    }
  }

  @Test
  void no_open_file_is_inherited() throws Exception {
    assertThat(run(sandbox, box, "for f in /proc/$$/fd/*; do readlink $f; done"))
        .matches("(pipe:.*|/dev/null|socket:.*)\n(pipe:.*)\n(pipe:.*)\n");
  }

  // Exhaustion

  @Test
  void a_fork_bomb_stays_in_its_box() throws Exception {
    var limits = SMALL.withTime(Duration.ofSeconds(3));

    var exit =
        sandbox.run(Command.of("bash", "-c", ":(){ :|:& };:; sleep 9").withLimits(limits), box);

    assertThat(exit).isNotInstanceOf(Exit.NotStarted.class);
    assertThat(run(sandbox, box, "echo well")).isEqualTo("well\n");
  }

  @Test
  void memory_is_bounded_also_in_folders_of_memory() throws Exception {
    for (var line :
        List.of(
            "perl -e '$a = \"x\" x 300_000_000; print length $a'",
            "head -c 300000000 /dev/zero > /tmp/x",
            "head -c 300000000 /dev/zero > /dev/shm/x",
            "head -c 300000000 /dev/zero > $HOME/x")) {
      assertThat(limited(line, SMALL.withMemoryBytes(64 * MIB)).succeeded()).isFalse();
      assertThat(limited(line, SMALL).succeeded()).as(line).isTrue();
    }
  }

  @Test
  void the_disk_is_not_filled() throws Exception {
    var small = SMALL.withDiskBytes(64 * MIB);
    String large = "head -c 100000000 /dev/zero > large";
    String many = "for i in $(seq 20); do head -c 10000000 /dev/zero > f$i; done";

    assertThat(limited(large, small).summary()).startsWith("wrote a file larger than 64 MiB");
    assertThat(limited(many + "; sleep 30", small).summary())
        .startsWith("wrote more than 64 MiB to disk");
    assertThat(limited(large + ";" + many, SMALL).succeeded()).isTrue();
  }

  @Test
  void processors_are_shared() throws Exception {
    String busy = "perl -e '$end = time + 3; 1 while time < $end; ($u, $s) = times; print $u + $s'";

    var exit = limited(busy, SMALL.withCpus(0.25));

    double seconds = Double.parseDouble(exit.output().stdout());
    assertThat(seconds).isBetween(0.01, kind == SandboxKind.DOCKER || sharing() ? 1.6 : 4);
  }

  /// Whether the machine lets us make such groups; where not, docs/sandbox.md says so.
  private boolean sharing() {
    var group = new Runs(data).groups().open("sharing", SMALL.withCpus(0.25));
    var files = Stream.of("cpu.max", "cpu.cfs_quota_us").toList();
    boolean found =
        group.stream()
            .flatMap(made -> made.folders().stream())
            .anyMatch(at -> files.stream().map(at::resolve).anyMatch(Files::exists));
    group.ifPresent(ControlGroup::remove);
    return found;
  }

  // What is left behind

  @Test
  void what_is_left_behind_neither_hangs_nor_stays() throws Exception {
    String odd =
        "mkfifo pipe; perl -e 'for (\"new\\nline\", \"\\e[2Jclear\", \"x\" x 255, \"\\xff\\xfe\")"
            + " { open F, \">\", $_ or die $! }'; mkdir shut; touch shut/x; chmod 000 shut;"
            + " perl -MSocket -e 'socket(S,AF_UNIX,SOCK_STREAM,0); bind(S,pack_sockaddr_un(\"s\"))';"
            + " perl -e 'for (1..60) { mkdir \"d\" x 200; chdir \"d\" x 200 } open F, \">deep\"'";
    assertThat(run(sandbox, box, odd + "; echo done")).contains("done");
    assertThat(Trees.list(box.workspace())).hasSize(8);

    var looked = new DiskWatch(List.of(box.workspace()), 64 * MIB);
    Trees.delete(box.workspace());

    assertThat(looked.overfull()).isEmpty();
    assertThat(box.workspace()).doesNotExist();
  }

  private void escapesOnlyOutside(String probe) throws Exception {
    assertThat(run(open, box, probe)).as("outside: %s", probe).contains(OUT);
    staysIn(probe);
  }

  private void staysIn(String probe) throws Exception {
    assertThat(run(sandbox, box, probe)).as("inside: %s", probe).doesNotContain(OUT);
  }

  private Exit limited(String line, Limits limits) throws InterruptedException {
    return sandbox.run(Command.shell(line).withLimits(limits), box);
  }

  private static String run(Sandbox where, Box box, String line) throws InterruptedException {
    return where.run(Command.shell(line).withLimits(SMALL), box).output().stdout();
  }

  private static String tcp(String address, int port) {
    return "perl -MSocket -e 'socket(S,AF_INET,SOCK_STREAM,0); alarm 5;"
        + " connect(S,pack_sockaddr_in(%d,inet_aton(\"%s\"))) or die $!; print <S>'"
            .formatted(port, address);
  }

  private static String mark() {
    return "7" + (UUID.randomUUID().hashCode() & Integer.MAX_VALUE);
  }

  private static List<ProcessHandle> sleeping(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          try {
            var words = Path.of("/proc/" + process.pid() + "/cmdline");
            return Files.readString(words, StandardCharsets.ISO_8859_1)
                .contains("\0" + mark + "\0");
          } catch (IOException _) {
            return false;
          }
        })
        .toList();
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// git on the host: only in repositories that nobody but the factory writes. No configuration of
/// the machine or the user, no hooks, no prompts, no helpers; an interrupt kills it.
public final class Git {
  private static final int STDERR_CHARACTERS = 4000;
  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final List<String> PASSED_ON =
      List.of("SSH_AUTH_SOCK", "http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY");
  private static final List<String> HARDENED =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.attributesFile=/dev/null",
          "protocol.ext.allow=never",
          "credential.helper=",
          "gc.auto=0",
          "maintenance.auto=false",
          "advice.detachedHead=false");

  /// What ends a call: two minutes, 64 MiB.
  static final Limits SHORT = Limits.DEFAULT.withTime(Duration.ofMinutes(2));

  /// For calls over the network.
  static final Limits LONG = Limits.DEFAULT.withTime(Duration.ofMinutes(30));

  private Git() {}

  /// One call: in which folder, with which words, variables, text on stdin, limits and what before.
  record Call(
      Path folder,
      List<String> words,
      Map<String, String> environment,
      Command.Input input,
      Limits limits,
      UnaryOperator<List<String>> around) {
    static Call in(Path folder, String... words) {
      return new Call(
          folder,
          List.of(words),
          Map.of(),
          new Command.Input.None(),
          SHORT,
          UnaryOperator.identity());
    }

    /// With something before it that becomes it in the end.
    Call around(UnaryOperator<List<String>> newAround) {
      return new Call(folder, words, environment, input, limits, newAround);
    }

    Call with(Map<String, String> newEnvironment) {
      return new Call(folder, words, newEnvironment, input, limits, around);
    }

    Call reading(String text) {
      return new Call(folder, words, environment, new Command.Input.Text(text), limits, around);
    }

    Call within(Limits newLimits) {
      return new Call(folder, words, environment, input, newLimits, around);
    }
  }

  /// How a call ended, with all bytes kept.
  static final class Raw {
    private final Exit exit;
    private final byte[] stdout;

    Raw(Exit exit, byte[] stdout) {
      this.exit = exit;
      this.stdout = stdout;
    }

    Exit exit() {
      return exit;
    }

    byte[] stdout() {
      return stdout;
    }

    boolean ok() {
      return exit.succeeded();
    }

    int code() {
      return exit instanceof Exit.Finished(int code, _, _) ? code : -1;
    }

    String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }

    GitResult result() {
      return ok() ? new GitResult.Ok(text()) : new GitResult.Failed(code(), complaint());
    }

    String complaint() {
      String stderr = exit.output().stderr().strip();
      String said = stderr.substring(0, Math.min(stderr.length(), STDERR_CHARACTERS));
      return exit instanceof Exit.Finished && !said.isEmpty()
          ? said
          : (exit.summary() + " " + said).strip();
    }
  }

  /// Runs git in a folder of the factory's.
  public static GitResult run(Path folder, String... words) {
    return raw(Call.in(folder, words)).result();
  }

  static Raw raw(Call call) {
    return raw(call, HARDENED, environment(call));
  }

  /// @param settings said on the command line, before any other
  static Raw raw(Call call, List<String> settings, Map<String, String> environment) {
    var words = new ArrayList<String>();
    Wrap.program("setpriv", SEARCH_PATH)
        .ifPresent(found -> words.addAll(List.of(found.toString(), "--pdeathsig", "KILL", "--")));
    words.add("git");
    settings.forEach(setting -> words.addAll(List.of("-c", setting)));
    words.addAll(call.words);
    var command = new Command(words, call.environment, call.input, call.limits);
    var builder = new ProcessBuilder(call.around.apply(words));
    builder.directory(call.folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int keep = (int) Math.min(Integer.MAX_VALUE / 4, call.limits.outputBytes());
    try {
      var run =
          ProcessRun.start(
              builder,
              new HostKind(),
              command,
              OutputListener.none(),
              new ProcessRun.Keep(keep, 0));
      return ended(run);
    } catch (IOException failed) {
      return new Raw(new Exit.NotStarted(String.valueOf(failed.getMessage())), new byte[0]);
    }
  }

  private static Raw ended(ProcessRun run) {
    try {
      return new Raw(run.await(), run.stdoutBytes());
    } catch (InterruptedException _) {
      run.close();
      Thread.currentThread().interrupt();
      return new Raw(new Exit.NotStarted("interrupted"), new byte[0]);
    }
  }

  private static Map<String, String> environment(Call call) {
    var all = new java.util.HashMap<String, String>();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    all.put("PATH", SEARCH_PATH);
    all.put("LANG", "C.UTF-8");
    all.put("HOME", "/nonexistent");
    all.put("GIT_CONFIG_NOSYSTEM", "1");
    all.put("GIT_CONFIG_GLOBAL", "/dev/null");
    all.put("GIT_ATTR_NOSYSTEM", "1");
    all.put("GIT_TERMINAL_PROMPT", "0");
    all.put("GIT_NO_REPLACE_OBJECTS", "1");
    all.put("GIT_LITERAL_PATHSPECS", "1");
    all.put("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
    all.putAll(call.environment);
    return all;
  }
}

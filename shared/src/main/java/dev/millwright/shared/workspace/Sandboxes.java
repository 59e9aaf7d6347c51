package dev.millwright.shared.workspace;

import dev.millwright.shared.settings.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which sandbox works here.
public final class Sandboxes {
  private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);
  private static final String IMAGE =
      "name an image that is on this machine as sandbox.image, for Docker";
  private static final String NOTHING = "accept no isolation with sandbox: {kind: none}";

  private Sandboxes() {}

  /// What the settings ask for. Tries it for real; takes some milliseconds, with Docker a second.
  public static Detection detect(SandboxSettings settings, Path data) {
    return detect(SandboxKind.valueOf(settings.kind().name()), settings.image(), data);
  }

  /// As above, without an image for Docker.
  public static Detection detect(SandboxKind kind, Path data) {
    return detect(kind, "", data);
  }

  /// Whether memory, processes and processors of whole trees can be bounded here.
  public static boolean boundsTrees(Path data) {
    var runs = new Runs(data);
    var group = runs.groups().open("millwright-probe", Limits.DEFAULT);
    group.ifPresent(ControlGroup::remove);
    return group.map(ControlGroup::limited).orElse(false);
  }

  /// `AUTO` never falls back to no isolation.
  static Detection detect(SandboxKind kind, String image, Path data) {
    return switch (kind) {
      case AUTO -> strongest(image, data);
      case BUBBLEWRAP -> bubblewrap(data);
      case DOCKER -> docker(image, data);
      case NONE -> {
        LOG.warn("event=NoIsolation agents and checks run as this user, with all it may do");
        yield new Detection.Available(new Unconfined(data));
      }
    };
  }

  private static Detection strongest(String image, Path data) {
    var first = bubblewrap(data);
    if (!(first instanceof Detection.Missing(var reason, var fix))) {
      return first;
    }
    if (image.isEmpty()) {
      return new Detection.Missing(reason, fix + "; or " + IMAGE + "; or " + NOTHING);
    }
    var second = docker(image, data);
    return second instanceof Detection.Missing(var also, var other)
        ? new Detection.Missing(reason + "; " + also, fix + "; or " + other + "; or " + NOTHING)
        : second;
  }

  private static Detection bubblewrap(Path data) {
    var program = Wrap.program("bwrap", "/usr/bin:/bin:/usr/local/bin");
    return program.isEmpty()
        ? new Detection.Missing(
            "bwrap is not installed", "install bubblewrap (apt-get install bubblewrap)")
        : tried("bwrap", data, () -> new Bubblewrap(program.get(), data));
  }

  private static Detection docker(String image, Path data) {
    if (image.isEmpty()) {
      return new Detection.Missing("Docker needs an image", IMAGE);
    }
    var engine = DockerEngine.installed();
    if (engine.isEmpty()) {
      return new Detection.Missing("docker is not installed", "install Docker");
    }
    if (!engine.get().local()) {
      return new Detection.Missing(
          "the Docker engine is not on this machine: " + engine.get().host(),
          "use one that is, with DOCKER_HOST=unix:///…; another does not see the workspaces");
    }
    var info = engine.get().call("info", "--format", "{{.ServerVersion}}");
    if (!info.succeeded()) {
      return new Detection.Missing(
          "no Docker engine answers at " + engine.get().host() + ": " + said(info),
          "start it, and let this user speak to it");
    }
    if (!engine.get().call("image", "inspect", image).succeeded()) {
      return new Detection.Missing(
          "the Docker engine has no image " + image, "fetch it first: docker pull " + image);
    }
    return tried("docker", data, () -> new Docker(engine.get(), image, data));
  }

  /// Makes a sandbox.
  private interface Making {
    Sandbox make() throws IOException;
  }

  private static Detection tried(String program, Path data, Making making) {
    try {
      var sandbox = making.make();
      var probes = Files.createDirectories(data.resolve("probes"));
      var probe = Files.createTempDirectory(probes, "probe-");
      try {
        var exit = sandbox.run(probing(), Box.of(probe));
        return exit.succeeded() && Files.exists(probe.resolve("written"))
            ? new Detection.Available(sandbox)
            : new Detection.Missing(
                program + " does not work here: " + exit.summary() + " " + said(exit),
                fix(program, said(exit)));
      } finally {
        Trees.delete(probe);
      }
    } catch (IOException failed) {
      return new Detection.Missing(
          program + " could not be tried: " + failed, "let this user write " + data);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Detection.Missing("interrupted while trying " + program, "try again");
    }
  }

  private static Command probing() {
    return Command.shell("touch /workspace/written && ! touch /usr/written 2> /dev/null")
        .withLimits(Limits.DEFAULT.withTime(Duration.ofSeconds(20)));
  }

  private static String said(Exit exit) {
    return exit instanceof Exit.NotStarted(var reason) ? reason : exit.output().stderr().strip();
  }

  /// What stands in the way here, as far as the kernel tells.
  private static String fix(String program, String said) {
    if (program.equals("docker")) {
      return "see that the image has /bin/sh, and that the engine sees the data directory";
    }
    if (said.contains("nknown option")) {
      return "install bubblewrap 0.8 or later";
    }
    if (is("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
      return "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1";
    }
    if (is("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
      return "allow bwrap user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0,"
          + " or an AppArmor profile for it";
    }
    if (is("/proc/sys/user/max_user_namespaces", "0")) {
      return "allow user namespaces: sysctl user.max_user_namespaces=10000";
    }
    return Files.exists(Path.of("/.dockerenv"))
        ? "this is a container: start it with --security-opt seccomp=unconfined"
            + " --security-opt systempaths=unconfined, or run the factory outside"
        : "see that user namespaces and seccomp are allowed for this user";
  }

  private static boolean is(String setting, String value) {
    return ControlGroup.lines(Path.of(setting)).equals(List.of(value));
  }
}

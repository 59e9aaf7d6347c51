package dev.millwright.validation.adapter;

import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What builds of one repository have fetched, kept between runs and never inside a checkout.
///
/// Steps with a network fill the Maven repository; checks, which run a stranger's code, see it
/// read-only.
final class BuildCaches {
  /// Maven runs a failed test once more by itself and reports it as flaky if it passes then.
  private static final String RERUN =
      "-Dsurefire.rerunFailingTestsCount=1 -Dfailsafe.rerunFailingTestsCount=1";

  private static final String INSIDE = "/millwright";
  private static final String SETTINGS_INSIDE = "/home/agent/.m2/settings.xml";

  private final Path folder;
  private final @Nullable Path seed;
  private final Sandbox sandbox;

  BuildCaches(Path folder, @Nullable Path seed, Sandbox sandbox) throws IOException {
    this.folder = folder;
    this.seed = seed != null && Files.isDirectory(seed) ? seed : null;
    this.sandbox = sandbox;
    for (var cache : new String[] {"m2", "npm", "gradle"}) {
      Files.createDirectories(folder.resolve(cache));
    }
  }

  /// The box of a step: with a network the caches are written, without they are only read.
  Box box(Path checkout, Network network) throws IOException {
    var fetching = network == Network.HOST;
    var bare =
        Box.of(checkout)
            .withNetwork(network)
            .writing(folder.resolve("npm"), INSIDE + "/npm")
            .writing(folder.resolve("gradle"), INSIDE + "/gradle");
    var m2 = folder.resolve("m2");
    var cached = fetching ? bare.writing(m2, INSIDE + "/m2") : bare.reading(m2, INSIDE + "/m2");
    var seeded = seed == null ? cached : cached.reading(seed, INSIDE + "/seed");
    var settings = folder.resolve(fetching ? "maven-online.xml" : "maven-offline.xml");
    write(settings, settings(seeded, !fetching));
    return seeded.reading(settings, SETTINGS_INSIDE);
  }

  Command prepared(Command command, Box box) {
    var tuned =
        command
            .with("npm_config_cache", sandbox.inside(box, folder.resolve("npm")))
            .with("GRADLE_USER_HOME", sandbox.inside(box, folder.resolve("gradle")))
            .with("CI", "true");
    return tuned.with(
        "MAVEN_OPTS",
        sandbox.isolates()
            ? RERUN
            : RERUN + " -Dmaven.repo.local=" + folder.resolve("m2").toAbsolutePath());
  }

  private String settings(Box box, boolean offline) {
    var local = sandbox.inside(box, folder.resolve("m2"));
    var profile = seed == null ? "" : seeding("file://" + sandbox.inside(box, seed));
    return """
    <settings>
      <localRepository>%s</localRepository>
      <interactiveMode>false</interactiveMode>
      <offline>%s</offline>
    %s</settings>
    """
        .formatted(xml(local), offline, profile);
  }

  /// Asked before the network, and only for what never changes.
  private static String seeding(String url) {
    var place =
        """
        <id>millwright-seed</id><url>%s</url>
              <releases><checksumPolicy>ignore</checksumPolicy></releases>
              <snapshots><enabled>false</enabled></snapshots>\
        """
            .formatted(xml(url));
    return """
      <profiles><profile><id>millwright-seed</id>
        <repositories><repository>
          %s
        </repository></repositories>
        <pluginRepositories><pluginRepository>
          %s
        </pluginRepository></pluginRepositories>
      </profile></profiles>
      <activeProfiles><activeProfile>millwright-seed</activeProfile></activeProfiles>
    """
        .formatted(place, place);
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void write(Path file, String content) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Files.writeString(file, content);
    }
  }
}

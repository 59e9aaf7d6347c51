package dev.millwright.codegen.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.OneTurnAgent;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Deterministic changes: the recipe the contract names, run in a JVM of its own in the sandbox.
///
/// It needs no model and no network. What a recipe cannot do it will not be able to do next time
/// either, so its failure is final.
public final class RecipesAgent implements OneTurnAgent {
  /// The instruction that names the recipe; the other instructions are its options.
  public static final String RECIPE = "recipe";

  static final String MAIN = "dev.millwright.codegen.adapter.recipes.RecipeMain";
  private static final String LOCAL_REPOSITORY = "/run/millwright/maven";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final Sandbox sandbox;
  private final Limits limits;
  private final Jvm jvm;

  public RecipesAgent(String name, Sandbox sandbox, Limits limits, Jvm jvm) {
    this.name = name;
    this.sandbox = sandbox;
    this.limits = limits;
    this.jvm = jvm;
  }

  /// What the forked JVM is made of; all of it is seen read-only.
  ///
  /// @param localRepository the Maven repository that holds the checkout's own dependencies
  public record Jvm(Path javaHome, List<Path> classPath, Path localRepository) {
    public Jvm {
      classPath = List.copyOf(classPath);
    }

    /// This JVM, its own class path, and the user's Maven repository.
    public static Jvm ofThisProcess() {
      var classPath = new ArrayList<Path>();
      for (var entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
        if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
          classPath.add(Path.of(entry).toAbsolutePath());
        }
      }
      var home = Path.of(System.getProperty("user.home", "/"));
      var repository = System.getProperty("maven.repo.local", "");
      return new Jvm(
          Path.of(System.getProperty("java.home")),
          classPath,
          repository.isEmpty() ? home.resolve(".m2/repository") : Path.of(repository));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AgentOutcome run(Brief brief, String prompt, AgentListener listener)
      throws InterruptedException {
    if (!brief.instructions().containsKey(RECIPE)) {
      return AgentOutcome.failed(FailureKind.REFUSAL, "the contract names no recipe");
    }
    var box = box(brief);
    var command =
        Command.of(words(box))
            .withInput(request(brief.instructions()))
            .withLimits(limits.withTime(brief.limit()));
    var said = new AgentLines(listener, brief.intents());
    var exit = sandbox.run(command, box, said);
    return new Endings(name, FailureKind.REFUSAL).of(exit, said);
  }

  private Box box(Brief brief) {
    var box = brief.workspace().box().reading(jvm.javaHome());
    for (var entry : jvm.classPath()) {
      box = box.reading(entry);
    }
    return Files.isDirectory(jvm.localRepository())
        ? box.reading(jvm.localRepository(), LOCAL_REPOSITORY)
        : box;
  }

  private List<String> words(Box box) {
    var classPath = jvm.classPath().stream().map(entry -> sandbox.inside(box, entry)).toList();
    var repository =
        Files.isDirectory(jvm.localRepository())
            ? sandbox.inside(box, jvm.localRepository())
            : LOCAL_REPOSITORY;
    return List.of(
        sandbox.inside(box, jvm.javaHome().resolve("bin/java")),
        limits.javaOption(),
        "-XX:MaxRAMPercentage=50",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dmaven.repo.local=" + repository,
        "-cp",
        String.join(File.pathSeparator, classPath),
        MAIN);
  }

  private static String request(Map<String, String> instructions) {
    var options = new TreeMap<>(instructions);
    var recipe = options.remove(RECIPE);
    try {
      return JSON.writeValueAsString(Map.of("recipe", recipe, "options", options));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }
}

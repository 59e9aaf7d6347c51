package dev.millwright.validation.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence.Status;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real projects in a real sandbox; only git is left out: a commit is a folder of files here.
class SandboxedChecksTest {
  private final Map<String, Map<String, String>> commits = new HashMap<>();
  private final List<String> said = new ArrayList<>();
  private Path data = Path.of("");

  @BeforeEach
  void makeDataFolder() throws IOException {
    var memory = Path.of("/dev/shm");
    data =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "millwright-checks")
            : Files.createTempDirectory("millwright-checks");
  }

  @AfterEach
  void removeDataFolder() {
    CheckFiles.delete(data);
  }

  private SandboxedChecks checks() {
    var detection = Sandboxes.detect(SandboxKind.AUTO, data);
    assertThat(detection).isInstanceOf(Detection.Available.class);
    return new SandboxedChecks(
        detection,
        this::export,
        data,
        () ->
            ValidationSettings.of(
                Path.of(System.getProperty("user.home")), SandboxSettings.DEFAULT));
  }

  private void export(String repo, String commit, Path folder) {
    commits
        .getOrDefault(commit, Map.of())
        .forEach((path, text) -> {
          try {
            var file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Checks.Job job(String... touched) {
    return job(List.of(), touched);
  }

  private Checks.Job job(List<String> setup, String... touched) {
    var contract =
        new Contract(
            "x",
            new Contract.Boundary(List.of(), List.of(), 40, 2000),
            new Contract.Environment(setup, Map.of()),
            List.of(),
            Contract.Deliverable.PULL_REQUEST,
            new Contract.Route("orders", "main", "coder", Kind.BUG),
            new Contract.Judgement("", 1));
    return new Checks.Job(
        new ItemId("task-1"),
        contract,
        new Change.Revision("b", "base", "change"),
        Set.of(touched),
        data.resolve("log"),
        said::add);
  }

  private static CheckRun only(Checks.Answer answer) {
    assertThat(answer).isInstanceOf(Checks.Answer.Ran.class);
    var runs = ((Checks.Answer.Ran) answer).runs();
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  @Test
  void a_makefile_project_is_checked_without_a_network_and_leaves_nothing()
      throws InterruptedException, IOException {
    var makefile = "check:\n\t@cat value; ls /sys/class/net; grep -q good value\n";
    commits.put("base", Map.of("Makefile", makefile, "value", "good\n"));
    commits.put("change", Map.of("Makefile", makefile, "value", "src/a.c:3:1: error: bad\n"));
    var checks = checks();

    var change = only(checks.onChange(job("value")));
    var base = only(checks.onBase(job("value")));

    assertThat(change.check().command()).isEqualTo("make check");
    assertThat(change.status()).isEqualTo(Status.FAILED);
    assertThat(change.findings().getFirst().file()).isEqualTo("src/a.c");
    assertThat(base.status()).isEqualTo(Status.PASSED);
    assertThat(Files.readString(data.resolve("log")))
        .contains("$ make check")
        .contains("error: bad");
    try (var left = Files.list(data.resolve("checks"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_test_that_passes_when_it_runs_again_is_named_flaky() throws InterruptedException {
    var makefile =
        """
        check:
        \t@test -f seen && echo '<testsuite><testcase classname="a.B" name="c"/></testsuite>' > TEST-a.B.xml || true
        \t@test -f seen || { touch seen; echo '<testsuite><testcase classname="a.B" name="c"><failure message="no"/></testcase></testsuite>' > TEST-a.B.xml; exit 1; }
        """;
    commits.put("base", Map.of("Makefile", makefile));
    commits.put("change", Map.of("Makefile", makefile));

    var run = only(checks().onChange(job("x")));

    assertThat(run.status()).isEqualTo(Status.PASSED);
    assertThat(run.findings())
        .extracting(Diagnostic::message)
        .containsExactly("a.B.c failed and passed when it ran again: it is flaky");
  }

  @Test
  void setup_that_fails_on_base_is_nobodys_change() throws InterruptedException {
    commits.put("base", Map.of("Makefile", "check:\n"));
    commits.put("change", Map.of("Makefile", "check:\n"));

    var answer = checks().onChange(job(List.of("echo no such registry >&2; exit 3"), "x"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Checks.Answer.Missing.class,
            missing -> assertThat(missing.reason()).contains("no such registry"));
  }

  @Test
  void setup_that_fails_on_the_change_alone_is_its_fault() throws InterruptedException {
    commits.put("base", Map.of("Makefile", "check:\n", "deps", "good\n"));
    commits.put("change", Map.of("Makefile", "check:\n", "deps", "bad\n"));

    var run = only(checks().onChange(job(List.of("grep -q good deps"), "deps")));

    assertThat(run.check().name()).isEqualTo("setup");
    assertThat(run.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_jvm_knows_the_memory_it_has() throws InterruptedException, IOException {
    var makefile = "check:\n\t@echo options: $$JAVA_TOOL_OPTIONS\n";
    commits.put("base", Map.of("Makefile", makefile));
    commits.put("change", Map.of("Makefile", makefile));

    checks().onChange(job("x"));

    assertThat(Files.readString(data.resolve("log")))
        .contains("options: -XX:MaxRAM=" + SandboxSettings.DEFAULT.memoryBytes());
  }

  @Test
  void a_maven_project_is_made_ready_on_base_and_checked_offline()
      throws InterruptedException, IOException {
    var base = maven("return a + b;");
    commits.put("base", base);
    commits.put("change", maven("return a - b;"));
    var checks = checks();

    var answer = checks.onChange(job("src/main/java/acme/Sum.java"));

    var log = Files.readString(data.resolve("log"));
    var change = only(answer);
    assertThat(((Checks.Answer.Ran) answer).ready().getFirst().status())
        .as(log)
        .isEqualTo(Status.PASSED);
    assertThat(change.tests().run()).as(log).isEqualTo(2);
    assertThat(change.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.name()).isEqualTo("acme.SumTest.adds"))
        .satisfies(failure ->
            assertThat(failure.diagnostic().file()).isEqualTo("src/test/java/acme/SumTest.java"))
        .satisfies(failure -> assertThat(failure.diagnostic().line()).isEqualTo(7));

    commits.put("change", maven("return a + ;"));
    var broken = only(checks.onChange(job("src/main/java/acme/Sum.java")));
    assertThat(broken.findings().getFirst().source()).isEqualTo("compiler");
    assertThat(broken.findings().getFirst().file()).isEqualTo("src/main/java/acme/Sum.java");

    var pinned = new HashMap<>(base);
    pinned.computeIfPresent("pom.xml", (_, pom) -> pom.replace("6.1.3", "999.0.0"));
    commits.put("change", pinned);
    var unresolved = only(checks.onChange(job("pom.xml")));
    assertThat(unresolved.check().name()).isEqualTo("dependencies");
    assertThat(unresolved.findings().getFirst().message()).contains("999.0.0");
  }

  @Test
  void a_change_that_mends_a_red_base_finds_what_comes_after_the_tests()
      throws InterruptedException, IOException {
    commits.put("base", maven("return a - b;"));
    commits.put("change", maven("return a + b;"));

    var answer = checks().onChange(job("src/main/java/acme/Sum.java"));

    assertThat(((Checks.Answer.Ran) answer).ready().getFirst().status()).isEqualTo(Status.FAILED);
    assertThat(only(answer).status())
        .as(Files.readString(data.resolve("log")))
        .isEqualTo(Status.PASSED);
  }

  private static Map<String, String> maven(String body) {
    return Map.of(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>acme</groupId><artifactId>sum</artifactId><version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies><dependency>
            <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
            <version>6.1.3</version><scope>test</scope>
          </dependency></dependencies>
          <build><plugins>
            <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
            <plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version>
              <configuration><trimStackTrace>false</trimStackTrace></configuration></plugin>
          </plugins></build>
        </project>
        """,
        "src/main/java/acme/Sum.java",
        "package acme;\n\nfinal class Sum {\n  static int of(int a, int b) {\n    "
            + body
            + "\n  }\n}\n",
        "src/test/java/acme/SumTest.java",
        """
        package acme;

        import org.junit.jupiter.api.*;

        class SumTest {
          @Test void adds() {
            Assertions.assertEquals(5, Sum.of(2, 3));
          }
          @Test void keeps_zero() { Assertions.assertEquals(2, Sum.of(2, 0)); }
        }
        """);
  }
}

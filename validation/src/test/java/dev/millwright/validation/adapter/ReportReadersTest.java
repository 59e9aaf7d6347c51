package dev.millwright.validation.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence.Tests;
import dev.millwright.validation.domain.CheckRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportReadersTest {
  @TempDir private Path tree = Path.of("");

  private void report(String path, String xml) throws IOException {
    var file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, xml);
  }

  @Test
  void surefire_and_gradle_reports_are_added_up() throws IOException {
    report("src/test/java/acme/SumTest.java", "");
    report(
        "target/surefire-reports/TEST-acme.SumTest.xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="acme.SumTest" tests="3" errors="0" skipped="1" failures="1">
          <properties><property name="java.version" value="25"/></properties>
          <testcase name="adds" classname="acme.SumTest" time="0.01">
            <failure message="expected: &lt;5&gt; but was: &lt;-1&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: expected: <5> but was: <-1>
        	at org.junit.jupiter.api@6.1.3/org.junit.jupiter.api.Assertions.assertEquals(Assertions.java:531)
        	at acme.SumTest.adds(SumTest.java:7)
        	at java.base/java.util.ArrayList.forEach(ArrayList.java:1604)
        ]]></failure>
            <system-out>noise</system-out>
          </testcase>
          <testcase name="waits" classname="acme.SumTest"><skipped message="later"/></testcase>
          <testcase name="keeps_zero" classname="acme.SumTest"/>
        </testsuite>
        """);
    report(
        "build/test-results/test/TEST-acme.OtherTest.xml",
        "<testsuite><testcase name=\"works\" classname=\"acme.OtherTest\"/></testsuite>");

    var read = JUnitReports.read(tree);

    assertThat(read.tests()).isEqualTo(new Tests(4, 1, 1));
    assertThat(read.failures())
        .containsExactly(
            new CheckRun.TestFailure(
                "acme.SumTest.adds",
                Diagnostic.error(
                    "tests",
                    "acme.SumTest.adds: expected: <5> but was: <-1>",
                    "src/test/java/acme/SumTest.java",
                    7)));
  }

  @Test
  void hostile_reports_do_no_harm() throws IOException {
    report("secret", "TOP");
    report(
        "TEST-a.xml",
        "<!DOCTYPE x [<!ENTITY s SYSTEM \"file://"
            + tree.resolve("secret")
            + "\">]>"
            + "<testsuite><testcase name=\"a\" classname=\"b\"><failure message=\"m\">&s;</failure>"
            + "</testcase></testsuite>");
    report("TEST-b.xml", "<testsuite><testcase name=\"cut");
    report("TEST-c.xml", "<a>".repeat(100_000));
    Files.createSymbolicLink(tree.resolve("TEST-d.xml"), Path.of("/dev/zero"));
    Files.createSymbolicLink(tree.resolve("loop"), tree);

    assertThat(JUnitReports.read(tree).failures().toString()).doesNotContain("TOP");
  }

  @Test
  void compilers_say_file_and_line() {
    var output =
        """
        [INFO] building
        [ERROR] /workspace/src/main/java/A.java:[12,5] cannot find symbol
        [ERROR]   symbol: method x()
        [ERROR] /workspace/src/main/java/A.java:[12,5] cannot find symbol
        src/B.java:3: error: ';' expected
        lib/c.c:7:2: fatal error: no such file
        [ERROR] Failed to execute goal on project sum: Could not resolve dependencies for project acme:sum:jar:1
        """;

    assertThat(CompilerOutput.read(output, "/workspace"))
        .containsExactly(
            Diagnostic.error("compiler", "cannot find symbol", "src/main/java/A.java", 12),
            Diagnostic.error("compiler", "';' expected", "src/B.java", 3),
            Diagnostic.error("compiler", "no such file", "lib/c.c", 7),
            Diagnostic.error("build", "Could not resolve dependencies for project acme:sum:jar:1"));
  }

  @Test
  void the_last_lines_have_to_do_where_nothing_is_known() {
    assertThat(
            CompilerOutput.lastLines(
                """
                [WARNING] The POM for x is missing
                [INFO] BUILD FAILURE
                [ERROR] Failed to execute goal jar: no such plugin -> [Help 1]
                [ERROR]\s
                [ERROR] Re-run Maven using the -X switch to enable full debug logging.
                [ERROR] [Help 1] http://cwiki.apache.org
                """))
        .isEqualTo("[ERROR] Failed to execute goal jar: no such plugin -> [Help 1]");
    assertThat(CompilerOutput.lastLines("a\n\n\u001b[31mb\n" + "c\n".repeat(40)).lines())
        .hasSize(25);
  }
}

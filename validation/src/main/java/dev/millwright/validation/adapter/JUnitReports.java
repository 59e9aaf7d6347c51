package dev.millwright.validation.adapter;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence.Tests;
import dev.millwright.validation.domain.CheckRun.TestFailure;
import dev.millwright.validation.domain.Texts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads test reports in JUnit's XML. The files are a stranger's: no DTD, no entities of their own,
/// bounded in number, size and length of text; one that cannot be read is left out.
final class JUnitReports {
  private static final int MOST_FILES = 5_000;
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final int MOST_FAILURES = 500;
  private static final int MOST_TEXT = 20_000;
  private static final Pattern FRAME =
      Pattern.compile(
          "at (?:[\\w.$-]{1,80}/)?([\\w.$]{1,300})\\.[\\w$<>]{1,200}\\(([\\w$]{1,200}\\.\\w{1,10}):(\\d{1,7})\\)");
  private static final List<String> SOURCES =
      List.of("src/test/java", "src/test/kotlin", "src/it/java", "test");

  private final Path tree;
  private final List<TestFailure> failures = new ArrayList<>();
  private final List<String> flaky = new ArrayList<>();
  private int run;
  private int failed;
  private int skipped;

  private JUnitReports(Path tree) {
    this.tree = tree;
  }

  /// What all reports in a tree say together.
  ///
  /// @param flaky tests that failed and then passed, by name
  record Read(Tests tests, List<TestFailure> failures, List<String> flaky) {
    static final Read NOTHING = new Read(Tests.NONE, List.of(), List.of());
  }

  static Read read(Path tree) {
    var reports = new JUnitReports(tree);
    for (var file : CheckFiles.reports(tree, MOST_FILES)) {
      try (var in =
          new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
        if (Files.size(file) <= MOST_BYTES) {
          reports.suite(in, file);
        }
      } catch (IOException | XMLStreamException | RuntimeException e) {
        // A broken report proves nothing; the check's exit code still counts.
      }
    }
    return new Read(
        new Tests(reports.run, reports.failed, reports.skipped),
        List.copyOf(reports.failures),
        reports.flaky.stream().distinct().toList());
  }

  private void suite(InputStream in, Path file) throws XMLStreamException {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    var xml = factory.createXMLStreamReader(in);
    var name = "";
    var type = "";
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "testcase" -> {
          run++;
          type = attribute(xml, "classname");
          name = attribute(xml, "name");
        }
        case "skipped" -> skipped++;
        case "flakyFailure", "flakyError" -> {
          if (flaky.size() < MOST_FAILURES) {
            flaky.add(test(type, name));
          }
        }
        case "failure", "error" -> {
          failed++;
          if (failures.size() < MOST_FAILURES) {
            failures.add(failure(xml, type, name, file));
          }
        }
        default -> {
          // System output, properties, reruns: not needed.
        }
      }
    }
  }

  private static String test(String type, String name) {
    return Texts.line(type.isEmpty() || type.equals(name) ? name : type + "." + name, 300);
  }

  private TestFailure failure(XMLStreamReader xml, String type, String name, Path file)
      throws XMLStreamException {
    var message = attribute(xml, "message");
    var thrown = attribute(xml, "type");
    var trace = text(xml);
    var said = message.isBlank() ? trace.lines().findFirst().orElse(thrown) : message;
    var test = test(type, name);
    var at = place(type, trace, file);
    return new TestFailure(
        test,
        new Diagnostic(
            Diagnostic.Severity.ERROR,
            "tests",
            test + ": " + Texts.block(said, 800),
            at == null ? null : at.file(),
            at == null ? 0 : at.line()));
  }

  private record Place(String file, int line) {}

  /// The topmost frame in the test's own class, as a path in the repository where it is found.
  private @Nullable Place place(String type, String trace, Path report) {
    var frame = FRAME.matcher(trace);
    while (frame.find()) {
      var owner = frame.group(1).replaceFirst("\\$.*", "");
      if (owner.equals(type.replaceFirst("\\$.*", ""))) {
        var dot = owner.lastIndexOf('.');
        var folder = dot < 0 ? "" : owner.substring(0, dot).replace('.', '/') + "/";
        return new Place(source(report, folder + frame.group(2)), Integer.parseInt(frame.group(3)));
      }
    }
    return null;
  }

  private String source(Path report, String relative) {
    for (var module = report.getParent();
        module != null && module.startsWith(tree);
        module = module.getParent()) {
      for (var folder : SOURCES) {
        var file = module.resolve(folder).resolve(relative);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return tree.relativize(file).toString();
        }
      }
    }
    return relative;
  }

  private static String attribute(XMLStreamReader xml, String name) {
    var value = xml.getAttributeValue(null, name);
    return value == null ? "" : value.substring(0, Math.min(value.length(), MOST_TEXT));
  }

  private static String text(XMLStreamReader xml) throws XMLStreamException {
    var text = new StringBuilder();
    while (xml.hasNext()) {
      var event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        break;
      }
      if (xml.isCharacters() && text.length() < MOST_TEXT) {
        text.append(xml.getText());
      }
    }
    return text.toString();
  }
}

package dev.millwright.codegen.adapter.recipes;

import dev.millwright.codegen.adapter.recipes.Step.Language;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.openrewrite.ExecutionContext;
import org.openrewrite.HttpSenderExecutionContextView;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.ParseExceptionResult;
import org.openrewrite.Parser;
import org.openrewrite.Result;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaParser;
import org.openrewrite.maven.MavenExecutionContextView;
import org.openrewrite.maven.MavenParser;
import org.openrewrite.maven.tree.MavenRepository;
import org.openrewrite.properties.PropertiesParser;
import org.openrewrite.text.PlainTextParser;
import org.openrewrite.tree.ParseError;
import org.openrewrite.xml.XmlParser;
import org.openrewrite.yaml.YamlParser;

/// The checkout's sources as syntax trees, parsed when first asked for and kept until a file
/// changes under them.
final class SyntaxTrees {
  /// Files that have a tree of their own; any other is plain text.
  private static final String[] TREES = {".java", ".xml", ".yaml", ".yml", ".properties"};

  private final Checkout checkout;
  private final LocalRepository repository;
  private final Report report;
  private final ExecutionContext context;
  private final Map<Language, List<SourceFile>> parsed = new EnumMap<>(Language.class);

  SyntaxTrees(Checkout checkout, LocalRepository repository, Report report) {
    this.checkout = checkout;
    this.repository = repository;
    this.report = report;
    this.context = context(repository, report);
  }

  ExecutionContext context() {
    return context;
  }

  List<SourceFile> load(Set<Language> languages, Predicate<Path> files) {
    List<SourceFile> sources = new ArrayList<>();
    for (Language language : languages) {
      var trees = parsed.get(language);
      if (trees == null) {
        trees = parse(language);
        parsed.put(language, trees);
      }
      trees.stream().filter(tree -> files.test(tree.getSourcePath())).forEach(sources::add);
    }
    return sources;
  }

  /// Keeps the trees in step with what a recipe made of them, so that the next one need not parse
  /// again.
  void take(Result result) {
    SourceFile before = result.getBefore();
    if (before == null) {
      forget();
      return;
    }
    parsed.replaceAll((_, trees) ->
        trees.stream()
            .map(tree -> tree.getId().equals(before.getId()) ? result.getAfter() : tree)
            .filter(Objects::nonNull)
            .toList());
  }

  /// The trees no longer say what the files say.
  void forget() {
    parsed.clear();
  }

  /// The poms as plain XML, which works where Maven's own view of them cannot be resolved.
  List<SourceFile> pomsAsXml() {
    return parse(new XmlParser(), SyntaxTrees::isPom);
  }

  private List<SourceFile> parse(Language language) {
    return switch (language) {
      case MAVEN -> parse(MavenParser.builder().build(), SyntaxTrees::isPom);
      case JAVA -> java();
      case YAML -> parse(new YamlParser(), path -> named(path, ".yaml", ".yml"));
      case PROPERTIES -> parse(new PropertiesParser(), path -> named(path, ".properties"));
      case XML -> parse(new XmlParser(), path -> named(path, ".xml") && !isPom(path));
      case TEXT -> parse(new PlainTextParser(), path -> !named(path, TREES));
    };
  }

  /// All Java sources in one compilation, so that modules of the checkout see each other's types.
  private List<SourceFile> java() {
    var jars = repository.jars(load(Set.of(Language.MAVEN), _ -> true), report);
    JavaParser parser =
        JavaParser.fromJavaVersion().classpath(jars).logCompilationWarningsAndErrors(false).build();
    return parse(parser, path -> named(path, ".java") && !path.endsWith("module-info.java"));
  }

  private List<SourceFile> parse(Parser parser, Predicate<Path> wanted) {
    List<Parser.Input> inputs = new ArrayList<>();
    for (Path path : checkout.files(wanted)) {
      checkout
          .read(path)
          .ifPresent(
              bytes -> inputs.add(new Parser.Input(path, () -> new ByteArrayInputStream(bytes))));
    }
    if (inputs.isEmpty()) {
      return List.of();
    }
    List<SourceFile> trees = new ArrayList<>();
    parser
        .parseInputs(inputs, null, context)
        .forEach(tree -> {
          if (tree instanceof ParseError error) {
            report.message(error.getSourcePath() + " cannot be parsed: " + reason(error));
          } else {
            trees.add(tree);
          }
        });
    return trees;
  }

  private static String reason(ParseError error) {
    return error
        .getMarkers()
        .findFirst(ParseExceptionResult.class)
        .map(ParseExceptionResult::getMessage)
        .map(Texts::firstLine)
        .orElse("no reason given");
  }

  private static ExecutionContext context(LocalRepository repository, Report report) {
    var context =
        new InMemoryExecutionContext(
            error -> report.message("while parsing or running: " + Texts.firstLine(error)));
    var maven = MavenExecutionContextView.view(context);
    maven.setLocalRepository(
        MavenRepository.builder()
            .id("local")
            .uri(repository.directory().toUri().toString())
            .releases(true)
            .snapshots(true)
            .knownToExist(true)
            .build());
    maven.setAddCentralRepository(repository.online());
    if (!repository.online()) {
      HttpSenderExecutionContextView.view(context)
          .setHttpSender(request -> {
            throw new IllegalStateException("offline: not fetching " + request.getUrl());
          });
    }
    return context;
  }

  static boolean isPom(Path path) {
    return path.endsWith("pom.xml");
  }

  private static boolean named(Path path, String... endings) {
    for (String ending : endings) {
      if (path.toString().endsWith(ending)) {
        return true;
      }
    }
    return false;
  }
}

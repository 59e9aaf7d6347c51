package dev.millwright.shared.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/// An expression in CEL about something that arrived: checked when it is made, and without effects.
///
/// It knows `event` (what happened, in one vocabulary for all providers), `hook` (the settings of
/// the webhook it came by) and `payload` (what the provider sent). What evaluating one may cost is
/// bounded, whoever wrote it and whatever arrives.
public final class Expression {
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_ITERATIONS = 10_000;
  private static final int MOST_REGEX_SIZE = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MOST_CHARACTERS)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .maxRegexProgramSize(MOST_REGEX_SIZE)
          .build();
  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final String text;
  private final CelRuntime.Program program;

  private Expression(String text, CelRuntime.Program program) {
    this.text = text;
    this.program = program;
  }

  /// What came of evaluating one.
  public sealed interface Answer {
    record Value(Object value) implements Answer {}

    /// There is no value: something it asks for is not there, or is not of the kind it expects.
    record Without(String why) implements Answer {}
  }

  /// It cannot be evaluated, whatever arrives; the message says where and why.
  public static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  /// One that is true or false.
  public static Expression condition(String text) throws Wrong {
    return of(text, SimpleType.BOOL, "true or false");
  }

  /// One that is a text.
  public static Expression phrase(String text) throws Wrong {
    return of(text, SimpleType.STRING, "a text");
  }

  /// Its value for what arrived.
  ///
  /// @param values by the names it knows, made of maps, lists, texts, numbers and booleans
  public Answer evaluate(Map<String, Object> values) {
    try {
      return new Answer.Value(program.eval(values));
    } catch (CelEvaluationException e) {
      return new Answer.Without(why(e));
    }
  }

  @Override
  public String toString() {
    return text;
  }

  private static Expression of(String text, CelType wanted, String words) throws Wrong {
    if (text.length() > MOST_CHARACTERS) {
      throw new Wrong("is longer than " + MOST_CHARACTERS + " characters");
    }
    try {
      var tree = COMPILER.compile(text).getAst();
      if (!fits(tree, wanted)) {
        throw new Wrong("is " + tree.getResultType().name() + ", and must be " + words);
      }
      return new Expression(text, RUNTIME.createProgram(tree));
    } catch (CelValidationException e) {
      throw new Wrong(where(e));
    } catch (CelEvaluationException e) {
      throw new Wrong("cannot be used: " + why(e));
    }
  }

  private static boolean fits(CelAbstractSyntaxTree tree, CelType wanted) {
    return tree.getResultType().equals(wanted) || tree.getResultType().equals(SimpleType.DYN);
  }

  private static String where(CelValidationException e) {
    return e.getErrors().stream()
        .findFirst()
        .map(error -> {
          var place = error.getSourceLocation();
          return "cannot be read at line %d, column %d: %s"
              .formatted(place.getLine(), place.getColumn() + 1, error.getMessage());
        })
        .orElse("cannot be read");
  }

  private static String why(CelEvaluationException e) {
    var said = String.valueOf(e.getMessage()).replaceFirst("^evaluation error at [^ ]*: ", "");
    return e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
        ? "it takes more than " + MOST_ITERATIONS + " steps"
        : said.substring(0, Math.min(said.length(), 200));
  }

  private static CelCompiler compiler() {
    var names = MapType.create(SimpleType.STRING, SimpleType.DYN);
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("event", names)
        .addVar("hook", names)
        .addVar("payload", SimpleType.DYN)
        .build();
  }
}

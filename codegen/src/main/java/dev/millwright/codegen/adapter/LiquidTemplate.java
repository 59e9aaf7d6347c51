package dev.millwright.codegen.adapter;

import dev.millwright.codegen.port.Template;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liqp.TemplateContext;
import liqp.TemplateParser;
import org.jspecify.annotations.Nullable;

/// Strict Liquid: a name or a filter that nobody knows is an error, and so is anything that takes
/// too long or grows too large. It reads no file. What it says begins with the name that Symphony's
/// specification has for it.
///
/// The library's own strict mode takes a known value that is null for an unknown one, so the maps
/// here do the asking.
public final class LiquidTemplate implements Template {
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_ROUNDS = 10_000;
  private static final int MOST_TAGS = 1_000;

  /// What the library looks up for itself.
  private static final Set<String> ITS_OWN = Set.of("forloop", "tablerowloop");

  private static final TemplateParser PARSER =
      new TemplateParser.Builder()
          .withErrorMode(TemplateParser.ErrorMode.STRICT)
          .withNameResolver(LiquidTemplate::refuse)
          .withShowExceptionsFromInclude(true)
          .withMaxIterations(MOST_ROUNDS)
          .withMaxSizeRenderedString(LONGEST)
          .withMaxTemplateSizeBytes(LONGEST)
          .build();

  @Override
  public String render(String text, Map<String, @Nullable Object> known) throws Broken {
    var template = parsed(text);
    try {
      return template.renderUnguarded(Map.of(), new Known(strict("", known)), true);
    } catch (RuntimeException | StackOverflowError e) {
      throw new Broken("template_render_error: " + cause(e));
    }
  }

  /// Whether a text is a template at all; what it names is not looked at.
  public void check(String text) throws Broken {
    var _ = parsed(text);
  }

  private static liqp.Template parsed(String text) throws Broken {
    if (text.length() > LONGEST) {
      throw unreadable("the template is longer than " + LONGEST / 1024 + " KiB");
    }
    if (text.split("\\{%", -1).length > MOST_TAGS) {
      throw unreadable("the template has more than " + MOST_TAGS + " tags");
    }
    try {
      return PARSER.parse(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw unreadable(cause(e));
    }
  }

  private static Broken unreadable(String why) {
    return new Broken("template_parse_error: " + why);
  }

  private static liqp.antlr.CharStreamWithLocation refuse(String name) {
    throw new IllegalArgumentException("a template cannot include '" + name + "'");
  }

  /// The innermost words: the library wraps what is wrong.
  private static String cause(Throwable failed) {
    if (failed instanceof StackOverflowError) {
      return "it is nested too deeply";
    }
    var words = "it cannot be read";
    for (var at = failed; at != null; at = at.getCause()) {
      words = at.getMessage() == null ? words : at.getMessage();
    }
    return words
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(words);
  }

  private static Map<String, @Nullable Object> strict(
      String prefix, Map<?, ? extends @Nullable Object> values) {
    var checked = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> checked.put((String) name, deep(prefix + name, value)));
    return new Strict(prefix, checked);
  }

  private static @Nullable Object deep(String path, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> strict(path + ".", map);
      case List<?> list -> list.stream().map(one -> deep(path, one)).toList();
      case null, default -> value;
    };
  }

  /// The outermost names.
  private static final class Known extends TemplateContext {
    private final Map<String, @Nullable Object> names;

    Known(Map<String, @Nullable Object> names) {
      super(PARSER, Map.of());
      this.names = names;
    }

    @Override
    public boolean containsKey(String name) {
      return true;
    }

    @Override
    public @Nullable Object get(String name) {
      var own = super.get(name);
      return own != null || ITS_OWN.contains(name) ? own : names.get(name);
    }
  }

  /// Does not know what it does not hold.
  private static final class Strict extends AbstractMap<String, @Nullable Object> {
    private final String prefix;
    private final Map<String, @Nullable Object> values;

    Strict(String prefix, Map<String, @Nullable Object> values) {
      this.prefix = prefix;
      this.values = values;
    }

    @Override
    public @Nullable Object get(Object name) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "'%s%s' is not known; known are %s"
                .formatted(prefix, name, String.join(", ", values.keySet())));
      }
      return values.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
      return values.containsKey(name);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
      return values.entrySet();
    }
  }
}

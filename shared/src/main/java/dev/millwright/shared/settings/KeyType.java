package dev.millwright.shared.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a key's value may be: how it is read, what is said when it cannot be, how it is described.
public sealed interface KeyType
    permits KeyType.Amount,
        Condition,
        Flag,
        KeyType.Folder,
        KeyType.Hidden,
        KeyType.Jdbc,
        KeyType.OneOf,
        KeyType.Repository,
        KeyType.Size,
        KeyType.Text,
        KeyType.Texts,
        KeyType.Time,
        KeyType.Web,
        KeyType.Whole,
        Structured,
        Verbatim {
  /// For people: `whole number, 0 to 65535`.
  String words();

  /// As JSON Schema.
  Map<String, Object> schema();

  /// The value, or what is wrong with it.
  Object read(String text, Surroundings place) throws Mistake;

  /// Whether `$NAME` stands for an environment variable here.
  default boolean mayComeFromEnvironment() {
    return this instanceof Text
        || this instanceof Hidden
        || this instanceof Web
        || this instanceof Folder
        || this instanceof Repository
        || this instanceof Jdbc;
  }

  /// A value that cannot be.
  final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;
    final String fix;

    Mistake(String what, String fix) {
      super(what, null, false, false);
      this.fix = fix;
    }
  }

  /// Any words.
  record Text() implements KeyType {
    @Override
    public String words() {
      return "text";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (text.isBlank()) {
        throw new Mistake("is empty", "give it a value or remove the line");
      }
      return text;
    }
  }

  /// Several texts.
  record Texts() implements KeyType {
    @Override
    public String words() {
      return "list of texts";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "array", "items", new Text().schema());
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      throw new Mistake("is one text where a list belongs", "write [\"" + text + "\"]");
    }
  }

  /// A secret, normally `$NAME`.
  record Hidden() implements KeyType {
    @Override
    public String words() {
      return "secret, written as `$NAME` of an environment variable";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public Object read(String text, Surroundings place) {
      return new Secret(text);
    }
  }

  /// A whole number within limits.
  record Whole(long least, long most) implements KeyType {
    @Override
    public String words() {
      return most == Integer.MAX_VALUE
          ? "whole number, at least " + least
          : "whole number, " + least + " to " + most;
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "integer", "minimum", least, "maximum", most);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (!text.matches("-?[0-9]{1,15}")) {
        throw new Mistake("'" + text + "' is not a whole number", use());
      }
      long number = Long.parseLong(text);
      if (number < least || number > most) {
        throw new Mistake(
            "'" + text + "' is " + (number < least ? "too small" : "too large"), use());
      }
      return (int) number;
    }

    private String use() {
      return "use a " + words();
    }
  }

  /// An amount of money or a rate.
  record Amount() implements KeyType {
    @Override
    public String words() {
      return "number, 0 or more";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "number", "minimum", 0);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
        throw new Mistake("'" + text + "' is not a number of 0 or more", "write it like 5 or 0.25");
      }
      return new BigDecimal(text);
    }
  }

  /// A length of time.
  record Time() implements KeyType {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    @Override
    public String words() {
      return "duration such as `90s`, `30m`, `1h`, `2d`";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h|d)$");
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      var form = FORM.matcher(text);
      if (!form.matches()) {
        throw new Mistake("'" + text + "' is not a duration", "write it like 90s, 30m, 1h or 2d");
      }
      long amount = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }

  /// An amount of memory.
  record Size() implements KeyType {
    @Override
    public String words() {
      return "size such as `512m` or `4g`";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "pattern", "^[0-9]{1,9}[kmgKMG]$");
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (!text.matches("[0-9]{1,9}[kmgKMG]")) {
        throw new Mistake("'" + text + "' is not a size", "write it like 512m or 4g");
      }
      long amount = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.toLowerCase(Locale.ROOT).charAt(text.length() - 1)) {
        case 'k' -> amount << 10;
        case 'm' -> amount << 20;
        default -> amount << 30;
      };
    }
  }

  /// One of a few words; those in `later` are understood and not used by this version.
  record OneOf(List<String> now, List<String> later) implements KeyType {
    public OneOf {
      now = List.copyOf(now);
      later = List.copyOf(later);
    }

    public static OneOf of(String... now) {
      return new OneOf(List.of(now), List.of());
    }

    public OneOf andLater(String... words) {
      return new OneOf(now, List.of(words));
    }

    List<String> all() {
      return Stream.concat(now.stream(), later.stream()).toList();
    }

    @Override
    public String words() {
      return "one of `" + String.join("`, `", all()) + "`";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("enum", all());
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (!all().contains(text)) {
        var guess = Spelling.nearest(text, all());
        throw new Mistake(
            "'" + text + "' is not one of " + String.join(", ", all()),
            guess.map(word -> "did you mean " + word + "?").orElse("use one of them"));
      }
      return text;
    }
  }

  /// A path on this machine.
  record Folder() implements KeyType {
    @Override
    public String words() {
      return "path; `~` is your home, a relative one starts at this file";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (text.isBlank() || text.indexOf('\0') >= 0) {
        throw new Mistake("is not a path", "name a folder");
      }
      return place.resolve(text);
    }
  }

  /// Anything git can fetch from; never one of git's helper transports, which run programs.
  record Repository() implements KeyType {
    private static final Pattern REMOTE =
        Pattern.compile("(https?|ssh|git|file)://\\S+|[\\w.-]+@[\\w.-]+:\\S+");

    @Override
    public String words() {
      return "address git can fetch from: a path, `https://…`, `ssh://…`, `git@host:path`";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (REMOTE.matcher(text).matches()) {
        return text;
      }
      if (text.isBlank() || text.startsWith("-") || text.contains(":") || text.indexOf('\0') >= 0) {
        throw new Mistake(
            "'" + text + "' is not an address git can fetch from",
            "use a path, https://…, ssh://… or git@host:path");
      }
      return place.resolve(text).toString();
    }
  }

  /// An http(s) address.
  record Web() implements KeyType {
    @Override
    public String words() {
      return "http(s) address";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "format", "uri");
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      try {
        var address = new URI(text);
        boolean web = List.of("http", "https").contains(String.valueOf(address.getScheme()));
        if (web && address.getHost() != null) {
          return address;
        }
      } catch (URISyntaxException _) {
        // said below, in the same words
      }
      throw new Mistake(
          "'" + text + "' is not an http(s) address", "write it like https://factory.example.com");
    }
  }

  /// A database address.
  record Jdbc() implements KeyType {
    @Override
    public String words() {
      return "`jdbc:postgresql://…`";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (text.contains("password=")) {
        throw new Mistake("must not hold the password", "put it into storage.password, as a $NAME");
      }
      if (!text.startsWith("jdbc:postgresql://")) {
        throw new Mistake(
            "is not the address of a PostgreSQL database",
            "write it like jdbc:postgresql://db/millwright, or leave it out for the embedded one");
      }
      return text;
    }
  }
}

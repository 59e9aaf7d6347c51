package dev.millwright.shared.workitem;

import java.util.List;
import java.util.Locale;

/// A path pattern: `*` within a name, `**` over folders, `?` for one character. Case does not
/// matter. Patterns and paths are a stranger's, so matching takes time in proportion to both.
public record Glob(List<String> segments) {
  public Glob {
    segments = List.copyOf(segments);
  }

  public static Glob of(String pattern) {
    var clean = pattern.toLowerCase(Locale.ROOT).replaceFirst("^(?:\\./|/)+", "");
    return new Glob(List.of((clean.endsWith("/") ? clean + "**" : clean).split("/", -1)));
  }

  public static boolean any(Iterable<String> patterns, String path) {
    for (var pattern : patterns) {
      if (of(pattern).matches(path)) {
        return true;
      }
    }
    return false;
  }

  public boolean matches(String path) {
    var names = path.toLowerCase(Locale.ROOT).split("/", -1);
    int at = 0;
    int name = 0;
    int star = -1;
    int resume = 0;
    while (name < names.length) {
      if (at < segments.size() && segments.get(at).equals("**")) {
        star = at++;
        resume = name;
      } else if (at < segments.size() && matches(segments.get(at), names[name])) {
        at++;
        name++;
      } else if (star >= 0) {
        at = star + 1;
        name = ++resume;
      } else {
        return false;
      }
    }
    return segments.subList(at, segments.size()).stream().allMatch("**"::equals);
  }

  private static boolean matches(String pattern, String text) {
    int at = 0;
    int i = 0;
    int star = -1;
    int resume = 0;
    while (i < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length()
          && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}

package dev.millwright.triage.domain;

import java.util.regex.Pattern;

/// What a person wrote in a body: without a tracker's form, and bounded.
final class Prose {
  private static final int MOST_CHARACTERS = 4_000;

  /// Headings and hints of a form: `### To reproduce`, `**Additional context**`, HTML comments.
  private static final Pattern FORM =
      Pattern.compile(
          "<!--[\\s\\S]{0,4000}?(?:-->|$)|(?m)^\\s{0,3}(?:#{1,6} .{0,120}|\\*\\*[^*\\n]{1,120}\\*\\*)\\s*$");

  private Prose() {}

  static String of(String body) {
    var head = body.substring(0, Math.min(body.length(), MOST_CHARACTERS)).replace("\r\n", "\n");
    return FORM.matcher(head).replaceAll(" ").strip();
  }

  /// A title without a form's prefix: `[Bug]: `.
  static String title(String title) {
    return title.replaceFirst("^\\s*\\[[^\\]]{1,30}\\]\\s*:?\\s*", "").strip();
  }
}

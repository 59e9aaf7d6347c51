package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Request;
import dev.millwright.shared.workitem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Measures a request against the task horizon: what one attempt can do and one person can review.
enum Size {
  SMALL,
  MEDIUM,
  LARGE,
  TOO_LARGE;

  private static final double MEDIUM_FROM = 1.5;
  private static final double LARGE_FROM = 3;
  private static final double TOO_LARGE_FROM = 5;
  private static final double HARD_TO_LAND = 0.35;

  /// Words that reach over a whole product.
  private static final List<Cue<Double>> REACH =
      List.of(
          cue(
              4,
              "from scratch|rewrite (?:the )?(?:whole|entire|all|everything)|\\bmicroservices?\\b|multi-tenan"),
          cue(
              3,
              "\\b(?:whole|entire) (?:code ?base|system|backend|frontend|web|app|product)|everywhere|\\ball (?:services|modules|screens|pages|endpoints)|every (?:table|module|page|screen|endpoint|service)"),
          cue(
              2,
              "\\bredesign|\\brewrite\\b|new .{0,20}engine|\\ball (?:dialogs|background jobs|mails)|\\bevery (?:query|dialog)|\\bseveral (?:months|teams)|replaced by a new"),
          cue(
              1.5,
              "\\b\\d{2,3} (?:languages|screens|components|services|findings)|\\b\\d{3,} findings"),
          cue(1, "existing \\w+ have to be converted|migration path|step by step|phase \\d"));

  private static final Pattern COUNTED =
      Pattern.compile("\\b(\\d{2,5}) (?:files|classes|tests)\\b");

  /// How large it seems, and why.
  ///
  /// @param landed the part of work like this that landed, where enough is known; 1 otherwise
  static Judged<Size> judge(Request request, Kind kind, List<String> parts, double landed) {
    var text = request.title() + "\n" + Prose.of(request.body());
    var why = new ArrayList<String>();
    var points = weight(kind) * Math.min(2, text.split("\\s+").length / 120.0);
    for (var cue : REACH) {
      var found = cue.in(text);
      if (found.isPresent()) {
        points += cue.of();
        why.add("it says \"" + found.get() + "\"");
      }
    }
    if (parts.size() > 1) {
      points += parts.size() * 1.2;
      why.add("it lists " + parts.size() + " parts");
    }
    var listed = longestEnumeration(text);
    if (listed > 4) {
      points += (listed - 3) * 0.6;
      why.add("it names " + listed + " things in one breath");
    }
    var counted = COUNTED.matcher(text);
    if (counted.find()) {
      points += Math.min(1.5, Integer.parseInt(counted.group(1)) / 150.0);
      why.add("it counts " + counted.group());
    }
    if (landed < HARD_TO_LAND) {
      points += 1;
      why.add("little of this kind has landed");
    }
    var size = of(points);
    return new Judged<>(
        size,
        why.isEmpty() ? 0.7 : 0.75,
        why.isEmpty() ? "nothing in it speaks for more than one change" : String.join(", ", why));
  }

  private static Size of(double points) {
    if (points >= TOO_LARGE_FROM) {
      return TOO_LARGE;
    }
    return points >= LARGE_FROM ? LARGE : points >= MEDIUM_FROM ? MEDIUM : SMALL;
  }

  private static double weight(Kind kind) {
    return switch (kind) {
      case FEATURE, MIGRATION -> 1;
      case BUG, VULNERABILITY, CHORE -> 0.6;
      case DEPENDENCY, TESTS, DOCS, QUESTION -> 0.4;
    };
  }

  /// The most things that one sentence names after each other.
  private static int longestEnumeration(String text) {
    var longest = 0;
    for (var sentence : text.split("[.!?\\n]")) {
      var commas = (int) sentence.chars().filter(c -> c == ',').count();
      longest = Math.max(longest, commas < 2 ? 0 : commas + 1);
    }
    return longest;
  }

  private static Cue<Double> cue(double points, String words) {
    return Cue.of(points, 1, "(?iu)" + words);
  }
}

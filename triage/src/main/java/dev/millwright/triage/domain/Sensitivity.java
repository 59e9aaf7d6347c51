package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Hints that a person should look closely: what the request touches, and how large it seems.
final class Sensitivity {
  private static final int MANY_LINES = 60;

  private static final Map<String, Pattern> TOUCHY =
      Map.of(
          "secrets", Pattern.compile("secret|password|credential|api key|private key"),
          "authentication", Pattern.compile("authenti|authori[sz]|\\blogin|oauth|permission"),
          "billing", Pattern.compile("billing|payment|invoice|refund"),
          "data migrations", Pattern.compile("schema change|drop table|data migration|backfill"),
          "release settings", Pattern.compile("release pipeline|deploy|ci workflow"),
          "production data", Pattern.compile("production (?:data|database)|customer data"));

  private static final Pattern LARGE =
      Pattern.compile(
          "rewrite|entire|whole (?:code ?base|system)|every module|from scratch|redesign");

  private Sensitivity() {}

  /// @param factor what is left of the confidence
  record Hints(List<String> notes, double factor) {}

  static Hints of(Request request) {
    var body = request.body();
    var text =
        Words.lower(request.title() + "\n" + body.substring(0, Math.min(8_000, body.length())));
    var notes = new ArrayList<String>();
    var touched =
        TOUCHY.entrySet().stream()
            .filter(entry -> entry.getValue().matcher(text).find())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!touched.isEmpty()) {
      notes.add("it touches " + String.join(", ", touched));
    }
    var large = LARGE.matcher(text).find() || text.lines().count() > MANY_LINES;
    if (large) {
      notes.add("it seems large for one change");
    }
    return new Hints(notes, (touched.isEmpty() ? 1.0 : 0.8) * (large ? 0.7 : 1.0));
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts a request lists itself: open points of a checklist, or items of a list that stands for
/// work. Steps to see a mistake, and points of acceptance, are none.
final class Parts {
  static final int MOST = 20;
  private static final int MOST_CHARACTERS = 280;

  private static final Pattern POINT =
      Pattern.compile("^\\s{0,3}(?:(- |\\* |\\+ )?\\[( |x|X)] |(\\d{1,2})[.)] |([-*+•]) )(.+)$");
  private static final Pattern NOT_WORK =
      Pattern.compile(
          "(?iu)steps|reproduc|acceptance|criteria|expected|actual|columns|environment|versions?|notes?|links?|see also|given|schritte|étapes|pasos");

  private Parts() {}

  /// The form of a list, the clearest first.
  private enum Form {
    CHECKS(4),
    NUMBERS(4),
    BULLETS(5);

    private final int fewest;

    Form(int fewest) {
      this.fewest = fewest;
    }
  }

  static List<String> of(String body, Kind kind) {
    if (kind == Kind.BUG || kind == Kind.QUESTION || kind == Kind.VULNERABILITY) {
      return List.of();
    }
    return Arrays.stream(Form.values())
        .map(form -> listed(body, form))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(list -> list.size() <= MOST)
        .orElse(List.of());
  }

  /// What a text lists in one form, if it is enough.
  private static Optional<List<String>> listed(String body, Form form) {
    var parts = new ArrayList<String>();
    var heading = "";
    var text = body.substring(0, Math.min(body.length(), 20_000)).replace("\r\n", "\n");
    for (var line : text.split("\n")) {
      var point = POINT.matcher(line);
      if (!point.matches()) {
        heading = line.isBlank() ? heading : line;
      } else if (form(point.group(2), point.group(3)) == form && !isOver(point.group(2))) {
        var words = Words.line(point.group(5), MOST_CHARACTERS);
        if (!NOT_WORK.matcher(heading).find() && Terms.speaking(words) > 0) {
          parts.add(words);
        }
      }
    }
    return parts.size() < form.fewest ? Optional.empty() : Optional.of(List.copyOf(parts));
  }

  private static Form form(@Nullable String box, @Nullable String number) {
    return box != null ? Form.CHECKS : number != null ? Form.NUMBERS : Form.BULLETS;
  }

  private static boolean isOver(@Nullable String box) {
    return box != null && !box.equals(" ");
  }
}

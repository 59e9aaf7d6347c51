package dev.millwright.shared.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which known word was meant.
public final class Spelling {
  private Spelling() {}

  /// The known word nearest to `written`, empty when none is near.
  public static Optional<String> nearest(String written, Collection<String> known) {
    var word = plain(written);
    return known.stream()
        .filter(candidate -> distance(word, plain(candidate)) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, plain(candidate))));
  }

  private static String plain(String word) {
    var lower = word.toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(lower.length(), 64)).replaceAll("[-_ ]", "");
  }

  /// Insertions, deletions, replacements and swaps of neighbours from one word to the other.
  private static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}

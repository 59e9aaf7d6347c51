package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Puts text from outside between two marks that contain the text's own hash: no text can contain
/// the hash of itself, so none can end its own fence and speak with the factory's voice.
public final class Fence {
  private static final int MOST_TEXT = 20_000;

  private Fence() {}

  public static String around(String words) {
    var kept = cut(words.strip(), MOST_TEXT);
    var mark = HexFormat.of().formatHex(Sha256.of(kept.getBytes(StandardCharsets.UTF_8)), 0, 12);
    return "<<<untrusted %1$s\n%2$s\nuntrusted %1$s >>>".formatted(mark, kept);
  }

  public static String cut(String words, int most) {
    return words.length() <= most ? words : words.substring(0, most) + " … (cut)";
  }

  /// One line: too little room for a voice of its own.
  public static String line(String words) {
    return words.replaceAll("\\p{Cntrl}", " ").strip();
  }
}

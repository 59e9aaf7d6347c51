package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Contract;
import java.util.Locale;

/// What a judgement came to, how sure it is (0 to 1), and why.
record Judged<T>(T value, double confidence, String why) {
  /// As people read it: `LAND_FIRST` is "land first".
  Contract.Finding finding(String about) {
    return finding(about, value.toString().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  Contract.Finding finding(String about, String word) {
    return new Contract.Finding(about, word, Math.round(confidence * 100) / 100.0, why);
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Makes items of the parts a request lists, each waiting for those before it.
public final class Splitting {
  /// The fact that names the keys of the signals whose items have to be done before, with spaces
  /// between them.
  public static final String DEPENDS_ON = "depends_on";

  /// The fact that names the item a part was cut from.
  public static final String PART_OF = "part_of";

  private static final int MOST_CONTEXT_CHARACTERS = 4_000;

  private Splitting() {}

  /// The same request gives the same keys, whenever it is cut.
  static List<Signal> cut(Signal whole, List<String> parts) {
    var id = ItemId.of(whole.key());
    var signals = new ArrayList<Signal>();
    var before = new ArrayList<String>();
    for (var part : parts.stream().distinct().toList()) {
      var key = "task:" + id + "/" + fingerprint(whole.key() + "\n" + part);
      var facts = new HashMap<>(whole.facts());
      facts.put(PART_OF, id.value());
      facts.put("part", signals.size() + 1 + " of " + parts.stream().distinct().count());
      if (!before.isEmpty()) {
        facts.put(DEPENDS_ON, before.getLast());
      }
      signals.add(
          new Signal(
              new SignalKey(key),
              whole.source(),
              whole.author(),
              request(whole.request(), part),
              facts,
              whole.link()));
      before.add(key);
    }
    return List.copyOf(signals);
  }

  /// Facts can be written by anybody, keys of this form cannot.
  static boolean isPart(Signal signal) {
    var whole = signal.facts().getOrDefault(PART_OF, "");
    return !whole.isEmpty() && signal.key().value().startsWith("task:" + whole + "/");
  }

  static String listed(List<Signal> parts) {
    return parts.stream()
        .map(part -> ItemId.of(part.key()) + " (" + Words.line(part.request().title(), 60) + ")")
        .collect(Collectors.joining(", "));
  }

  private static Request request(Request whole, String part) {
    var body =
        "This is one part of \""
            + Words.line(whole.title(), 120)
            + "\". Do only this part; the others are items of their own.\n\nThe whole request was:\n\n"
            + Words.block(whole.body(), MOST_CONTEXT_CHARACTERS);
    return new Request(
        Words.line(part, Request.MOST_TITLE_CHARACTERS),
        body,
        null,
        whole.labels(),
        whole.priority(),
        whole.repo(),
        whole.agent());
  }

  private static String fingerprint(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)), 0, 4);
  }
}

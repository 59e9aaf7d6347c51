package dev.millwright.bench;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Stages that do nothing: what remains is the line itself.
///
/// @param then what to do instead of work
record NoWork(Stage stage, Then then) implements StageCode {
  static final StageResult ADVANCE = StageResult.of(new Outcome.Advance("nothing to do"));

  /// What a stage does when it is run.
  interface Then {
    StageResult run(Stage stage, Assignment work) throws InterruptedException;
  }

  static List<StageCode> stages(Then then) {
    return Arrays.stream(Stage.values()).<StageCode>map(stage -> new NoWork(stage, then)).toList();
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    return then.run(stage, work);
  }

  /// A signal of usual size: a title, two sentences, a label.
  static Signal signal(String key) {
    var request =
        new Request(
            "Orders fail when the basket is empty",
            "Placing an order with an empty basket answers 500. It should answer 422 and say why.",
            null,
            List.of("bug"),
            0,
            "orders",
            null);
    return new Signal(
        new SignalKey(key),
        "bench",
        new Author("bench", Author.Trust.OPERATOR),
        request,
        Map.of(),
        null);
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes the task down in words an agent can act on; everything in it comes from outside.
final class Tasks {
  private static final int MOST_BODY_CHARACTERS = 8_000;
  private static final int MOST_FACTS = 40;
  private static final int MOST_FACT_CHARACTERS = 2_000;
  private static final int MOST_FINDINGS = 10;
  private static final Pattern FACT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private Tasks() {}

  static boolean empty(Context context) {
    return Noise.empty(context.signal().request())
        && Origin.isAll(context.signal().facts())
        && Answers.latest(context).isEmpty();
  }

  /// The request alone, as it was sent.
  static String requested(Context context) {
    var request = context.signal().request();
    var title = Words.line(request.title(), 300);
    var body = Words.block(request.body(), MOST_BODY_CHARACTERS);
    return body.isEmpty() ? title : title + "\n\n" + body;
  }

  /// The request, what people answered, and what came back after it had landed.
  static String of(Context context) {
    var task = new StringBuilder(requested(context));
    for (var said : context.decisions()) {
      var decision = said.decision();
      if (Answers.isAnswer(decision.verb()) && Words.say(decision.text())) {
        task.append("\n\nA person answered: ").append(Words.line(decision.text(), 1_000));
      }
    }
    var sentBack = context.feedbackTo(Stage.TRIAGE);
    if (!sentBack.isEmpty()) {
      task.append("\n\n").append(regression(sentBack.getLast()));
    }
    return task.toString();
  }

  static Map<String, String> instructions(Map<String, String> facts, Triage.Aim.Routed routed) {
    var dependency = Dependency.of(facts);
    var mechanical = routed.agent().kind().equals(TriageSettings.RECIPES);
    var told =
        mechanical && dependency.isPresent() && !facts.containsKey("recipe")
            ? dependency.get().instructions()
            : facts;
    var instructions = new LinkedHashMap<String, String>();
    told.entrySet().stream()
        .filter(fact -> FACT_NAME.matcher(fact.getKey()).matches())
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_FACTS)
        .forEach(fact ->
            instructions.put(fact.getKey(), Words.line(fact.getValue(), MOST_FACT_CHARACTERS)));
    return instructions;
  }

  private static String regression(Feedback feedback) {
    var findings =
        feedback.diagnostics().stream()
            .limit(MOST_FINDINGS)
            .map(Tasks::finding)
            .collect(Collectors.joining());
    return "This was done before and "
        + feedback.from().wire()
        + " sent it back: "
        + Words.line(feedback.summary(), 500)
        + "\nFind out what the landed change broke and mend it, or take the change back."
        + findings;
  }

  private static String finding(Diagnostic diagnostic) {
    var file = diagnostic.file();
    var where = file == null ? "" : Words.line(file, 200) + ":" + diagnostic.line() + ": ";
    return "\n- " + where + Words.line(diagnostic.message(), 500);
  }
}

package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.rule.Expression;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.TriggerSettings;
import dev.millwright.shared.settings.TriggerSettings.Limit;
import dev.millwright.shared.settings.TriggerSettings.Work;
import dev.millwright.triage.domain.Trigger;
import dev.millwright.triage.domain.Trigger.Held;
import dev.millwright.triage.domain.Triggers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of the settings, compiled; without any, the usual ones.
final class Rules {
  private static final List<Trigger> USUAL =
      List.of(
          usual(
              "issue",
              "event.state == 'open'"
                  + " && event.action in ['opened', 'edited', 'labelled', 'assigned', 'reopened']"
                  + " && (hook.label in event.labels || hook.handle in event.assignees)",
              "an issue is work when it is open and has the label '{label}', or is assigned to"
                  + " '{handle}'"),
          usual(
              "comment",
              "event.command != ''",
              "a new comment is work when it says something to @{handle}"),
          usual(
              "check",
              "event.state == 'failed' && event.main_branch",
              "a check is work when it fails on the branch changes land on"),
          usual(
              "advisory",
              "event.state == 'open' && (event.main_branch || event.branch == '')",
              "an advisory is work while it is open, on the branch changes land on"),
          usual("alert", "event.state == 'triggered'", "an alert is work when it is triggered"),
          usual("request", "true", ""));

  /// Where each kind of board says which project it is about.
  private static final Map<String, String> PROJECTS =
      Map.of(
          "github",
          "repo",
          "gitlab",
          "project_path",
          "jira",
          "project_key",
          "asana",
          "project_gid",
          "linear",
          "project_slug");

  private Rules() {}

  static Triggers of(IntakeSettings intake) {
    var own = intake.triggers().stream().map(Rules::compiled).toList();
    return new Triggers(
        own.isEmpty() ? USUAL : own, (source, project) -> boards(intake, source, project));
  }

  private static List<String> boards(IntakeSettings intake, String source, String project) {
    return intake.boards().values().stream()
        .filter(board -> board.kind().equals(source) && isAbout(board, project))
        .map(BoardSettings::name)
        .toList();
  }

  /// What is read from the environment is not known here: such a board may be about anything.
  private static boolean isAbout(BoardSettings board, String project) {
    var about =
        String.valueOf(board.provider().getOrDefault(PROJECTS.getOrDefault(board.kind(), ""), ""));
    return about.isEmpty()
        || about.startsWith("$")
        || project.isEmpty()
        || about.equalsIgnoreCase(project);
  }

  private static Trigger usual(String type, String when, String unless) {
    var rule = new TriggerSettings(type, "*/" + type, when, Work.AS_IT_IS, Limit.NONE);
    return new Trigger(rule, condition(when), phrase(null), phrase(null), unless);
  }

  private static Trigger compiled(TriggerSettings rule) {
    return new Trigger(
        rule, condition(rule.when()), phrase(rule.work().title()), phrase(rule.work().body()), "");
  }

  private static Trigger.Condition condition(String text) {
    var expression = made(text, false);
    return values ->
        switch (expression.evaluate(values)) {
          case Expression.Answer.Value(Boolean it) when it -> new Held.Yes();
          case Expression.Answer.Value _ -> new Held.No("its condition is false");
          case Expression.Answer.Without(var why) ->
              new Held.No("its condition is not true: " + why);
        };
  }

  private static Trigger.Phrase phrase(@Nullable String text) {
    if (text == null) {
      return _ -> Optional.empty();
    }
    var expression = made(text, true);
    return values ->
        expression.evaluate(values) instanceof Expression.Answer.Value(String said)
            ? Optional.of(said)
            : Optional.empty();
  }

  /// The settings were read with it, so it can be compiled.
  private static Expression made(String text, boolean phrase) {
    try {
      return phrase ? Expression.phrase(text) : Expression.condition(text);
    } catch (Expression.Wrong e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

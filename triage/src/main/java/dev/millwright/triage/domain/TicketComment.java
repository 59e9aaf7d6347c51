package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.util.List;
import java.util.stream.Collectors;

/// The one comment the factory keeps on a ticket: where its item stands, in plain words.
///
/// Whatever agents, repositories or strangers said stands in code, where it can name nobody, link
/// nowhere and close nothing. The same item always gives the same text, so that only news is
/// written.
public final class TicketComment {
  private static final int MOST_SAID_CHARACTERS = 2_000;
  private static final int MOST_CODE_CHARACTERS = 120;
  private static final int MOST_CHECKS = 10;
  private static final int MOST_NOTES = 5;
  private static final int SHORT_HASH = 10;

  private TicketComment() {}

  /// The comment as Markdown.
  ///
  /// @param url where people find the item
  public static String of(Known item, String url) {
    var phase = Phase.of(item);
    var text = new StringBuilder("**Millwright**: [").append(item.dossier().id()).append("](");
    text.append(url).append(")\n\n").append(phase.words()).append('\n');
    if (phase.words().endsWith(":") || (phase == Phase.LANDING && item instanceof Waiting)) {
      text.append('\n').append(fenced(reason(item)));
    }
    if (phase == Phase.QUESTION) {
      text.append("\nAnswer in a comment here, on the item's page, or with `millwright answer ")
          .append(item.dossier().id())
          .append(" --text …`.\n");
    }
    var facts = facts(item);
    if (!facts.isEmpty()) {
      text.append('\n').append(facts);
    }
    for (var note : said(item)) {
      text.append("\nThe agent ").append(code(note.agent())).append(" says:\n\n");
      text.append(fenced(note.text()));
    }
    return text.toString();
  }

  private static String facts(Known item) {
    var context = item.dossier().context();
    var facts = new StringBuilder();
    context
        .contract()
        .ifPresent(contract ->
            facts.append(
                "- Repository %s, agent %s\n"
                    .formatted(code(contract.route().repo()), code(contract.route().agent()))));
    context.change().ifPresent(change -> facts.append(change(change)));
    context
        .evidence()
        .filter(it -> context.change().filter(change -> isOf(it, change)).isPresent())
        .ifPresent(evidence -> facts.append(checks(evidence)));
    context
        .proposal()
        .ifPresent(proposal -> {
          var url = proposal.url();
          if (url != null && url.matches("https?://[\\x21-\\x7e&&[^()<>]]{1,1000}")) {
            facts.append("- Review: <").append(url).append(">\n");
          }
          var landed = proposal.landed();
          if (landed != null) {
            facts.append("- Landed as ").append(commit(landed)).append('\n');
          }
        });
    return facts.toString();
  }

  private static String change(Change change) {
    var size = change.size();
    return "- Change %s on branch %s: %d %s, +%d −%d\n"
        .formatted(
            commit(change.revision().commit()),
            code(change.revision().branch()),
            size.files(),
            size.files() == 1 ? "file" : "files",
            size.additions(),
            size.deletions());
  }

  private static boolean isOf(Evidence evidence, Change change) {
    return evidence.commit().equals(change.revision().commit());
  }

  private static String checks(Evidence evidence) {
    var all =
        evidence.checks().stream()
            .limit(MOST_CHECKS)
            .map(check -> code(check.name()) + " " + Words.lower(check.status().name()))
            .map(check -> check.replace('_', ' '))
            .collect(Collectors.joining(", "));
    return "- Checks "
        + Words.lower(evidence.verdict().name())
        + (all.isEmpty() ? "" : ": " + all)
        + "\n";
  }

  private static List<Note> said(Known item) {
    var notes =
        item.dossier().context().notes().stream()
            .filter(note -> note.about() == Note.About.COMMENT)
            .toList();
    return notes.subList(Math.max(0, notes.size() - MOST_NOTES), notes.size());
  }

  private static String reason(Known item) {
    return switch (item) {
      case Waiting(_, _, _, var reason, _) -> reason;
      case Finished(_, _, _, var reason) -> reason;
      case Known _ -> "";
    };
  }

  private static String commit(String commit) {
    return code(commit.substring(0, Math.min(SHORT_HASH, commit.length())));
  }

  private static String code(String text) {
    return "`" + Words.line(text, MOST_CODE_CHARACTERS).replace('`', '\'') + "`";
  }

  /// A block whose fence is longer than any in it.
  private static String fenced(String text) {
    var block = Words.block(text, MOST_SAID_CHARACTERS).strip();
    var fence = "```";
    while (block.contains(fence)) {
      fence += "`";
    }
    return fence + "text\n" + block + "\n" + fence + "\n";
  }
}

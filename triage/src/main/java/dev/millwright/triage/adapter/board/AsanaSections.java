package dev.millwright.triage.adapter.board;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board.Fault.Category;
import java.util.List;
import java.util.stream.Collectors;

/// The sections of one project of Asana's, listed once and again when one is not known.
final class AsanaSections {
  private final AsanaLists lists;
  private final String project;
  private volatile List<Section> sections = List.of();

  AsanaSections(AsanaLists lists, String project) {
    this.lists = lists;
    this.project = project;
  }

  /// A section, which is a state.
  record Section(String gid, String name) {}

  /// The sections of these states, listed anew when one of them is not known yet.
  List<Section> of(List<String> states) throws BoardException {
    var names = sections.stream().map(Section::name).toList();
    if (!states.stream().allMatch(it -> isOneOf(it, names))) {
      listed();
    }
    return sections.stream().filter(it -> isOneOf(it.name(), states)).toList();
  }

  /// All of them, as they are now.
  List<Section> listed() throws BoardException {
    var ask = Ask.get("projects", project, "sections").with("opt_fields", "name");
    sections =
        lists.all(ask).stream()
            .map(it -> new Section(Reading.plain(it, "gid"), Reading.plain(it, "name")))
            .filter(it -> it.gid().matches("\\d+"))
            .toList();
    return sections;
  }

  /// The one section of a state.
  Section one(String state) throws BoardException {
    var found = of(List.of(state));
    if (found.isEmpty()) {
      var names = sections.stream().map(Section::name).collect(Collectors.joining(", "));
      var reason = "the project has no section '%s', it has %s".formatted(state, names);
      throw lists.client().failed(Category.CONFIG, "unknown_state", reason, null);
    }
    return found.getFirst();
  }

  /// They are listed anew when next one is asked for.
  void forget() {
    sections = List.of();
  }

  static boolean isOneOf(String name, List<String> names) {
    return names.stream().anyMatch(it -> Issue.folded(it).equals(Issue.folded(name)));
  }
}

package dev.millwright.shared.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One board the factory takes tickets from.
///
/// @param kind `linear`, `github`, `gitlab`, `jira`, `asana` or `folder`
/// @param repo the repository its tickets are about, by the name it has here; `null` lets triage
///   find it
/// @param provider what only this kind knows, as it was written: `$NAME` is not looked up yet, that
///   is for the adapter, which knows what a secret is
public record BoardSettings(
    String name,
    String kind,
    @Nullable String repo,
    Map<String, Object> provider,
    Selection selection,
    Pace pace,
    WriteBack writeBack) {
  public BoardSettings {
    provider = Collections.unmodifiableMap(new LinkedHashMap<>(provider));
  }

  /// Without what the provider needs: it may be a secret that somebody wrote out.
  @Override
  public String toString() {
    return "BoardSettings[" + name + ", " + kind + ", provider keys " + provider.keySet() + "]";
  }

  /// Which tickets are work.
  ///
  /// @param active states in which a ticket is work; empty for the kind's own, where it has some
  /// @param terminal states in which it is over; the same
  /// @param requiredLabels all of them, in lower case; a blank one matches nothing
  public record Selection(List<String> active, List<String> terminal, List<String> requiredLabels) {
    public Selection {
      active = List.copyOf(active);
      terminal = List.copyOf(terminal);
      requiredLabels = List.copyOf(requiredLabels);
    }
  }

  /// How often is looked, and how much of it is at work at the same time.
  ///
  /// @param mostByState by the ticket's state, in lower case; others have no limit of their own
  public record Pace(Duration every, int most, Map<String, Integer> mostByState) {
    public Pace {
      mostByState = Map.copyOf(mostByState);
    }
  }

  /// What the factory writes on a ticket by itself; an empty state means: do not move it.
  ///
  /// @param comments whether progress and result are said in a comment, edited in place
  /// @param started the state of a ticket whose work began
  /// @param review the state of a ticket whose change waits for a person
  /// @param done the state of a ticket whose change landed
  public record WriteBack(boolean comments, String started, String review, String done) {
    public static final WriteBack NOTHING = new WriteBack(false, "", "", "");
  }
}

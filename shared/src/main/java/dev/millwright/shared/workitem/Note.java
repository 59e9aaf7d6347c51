package dev.millwright.shared.workitem;

import org.jspecify.annotations.Nullable;

/// What an agent wanted outside its workspace and the factory did for it, kept for people.
///
/// @param agent who wanted it, as configured
/// @param text what was said, or a title
/// @param item the item a follow-up became
public record Note(About about, String agent, String text, @Nullable ItemId item) {
  public enum About {
    /// Words for whoever follows the item.
    COMMENT,
    /// What the agent's change is called.
    TITLE,
    /// Further work, proposed as an item of its own.
    FOLLOW_UP,
    /// The ticket the work came from was moved, or something was linked on it.
    TICKET
  }

  public static Note comment(String agent, String text) {
    return new Note(About.COMMENT, agent, text, null);
  }

  public static Note title(String agent, String title) {
    return new Note(About.TITLE, agent, title, null);
  }

  public static Note ticket(String agent, String what) {
    return new Note(About.TICKET, agent, what, null);
  }

  public static Note followUp(String agent, String title, ItemId item) {
    return new Note(About.FOLLOW_UP, agent, title, item);
  }
}

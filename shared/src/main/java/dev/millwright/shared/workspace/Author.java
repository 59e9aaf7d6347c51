package dev.millwright.shared.workspace;

/// Who a commit names.
public record Author(String name, String email) {
  /// The factory itself; always the committer.
  public static final Author MILLWRIGHT = new Author("Millwright", "millwright@localhost");

  public Author {
    if (name.isBlank() || unsafe(name) || unsafe(email)) {
      throw new IllegalArgumentException("not an author: " + name + " <" + email + ">");
    }
  }

  private static boolean unsafe(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == '<' || c == '>');
  }
}

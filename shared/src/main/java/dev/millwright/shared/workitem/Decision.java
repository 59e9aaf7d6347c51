package dev.millwright.shared.workitem;

/// What a person decided about an item.
///
/// @param by who, as the API's token or the command line names them
/// @param text the comment, reason or answer that goes with it, possibly empty
public record Decision(Verb verb, String by, String text) {
  /// The decisions a person can make.
  public enum Verb {
    APPROVE,
    REJECT,
    REWORK,
    ANSWER,
    CANCEL,
    RETRY,
    /// Words for the agent, said while nobody asked.
    STEER,
    /// What somebody wrote on the ticket an item came from: ends the wait for an answer, is said to
    /// an agent at work, else kept for the next attempt. It approves nothing.
    REMARK
  }

  Decision as(Verb other) {
    return new Decision(other, by, text);
  }
}

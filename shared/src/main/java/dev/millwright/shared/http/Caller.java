package dev.millwright.shared.http;

import dev.millwright.shared.signal.Author.Trust;

/// Who sent a request.
///
/// @param name the token's name, `operator` for somebody on this machine, else `anonymous`
public record Caller(String name, Trust trust) {
  public static final Caller OPERATOR = new Caller("operator", Trust.OPERATOR);
  public static final Caller ANONYMOUS = new Caller("anonymous", Trust.OUTSIDER);

  public boolean operates() {
    return trust == Trust.OPERATOR;
  }
}

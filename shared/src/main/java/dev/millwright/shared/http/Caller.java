package dev.millwright.shared.http;

import dev.millwright.shared.http.Operation.Access;
import dev.millwright.shared.signal.Author.Trust;

/// Who sent a request.
///
/// @param name the token's name, `operator` for somebody on this machine, else `anonymous`
public record Caller(String name, Trust trust, Role role) {
  public static final Caller OPERATOR = new Caller("operator", Trust.OPERATOR, Role.ADMIN);
  public static final Caller ANONYMOUS = new Caller("anonymous", Trust.OUTSIDER, Role.STRANGER);

  /// Who showed a token.
  static Caller holder(String name, Role role) {
    return new Caller(name, role == Role.READER ? Trust.OUTSIDER : Trust.OPERATOR, role);
  }

  /// Whether what this caller says is the operator's own word.
  public boolean operates() {
    return trust == Trust.OPERATOR;
  }

  boolean may(Access access) {
    return role.may(access);
  }
}

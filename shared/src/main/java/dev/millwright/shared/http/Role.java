package dev.millwright.shared.http;

import dev.millwright.shared.http.Operation.Access;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a caller may do.
public enum Role {
  /// Nobody known: looks and brings signals, which wait for approval.
  STRANGER(EnumSet.of(Access.OPEN, Access.LOOK, Access.SUBMIT)),
  /// Looks, and nothing else.
  READER(EnumSet.of(Access.OPEN, Access.LOOK)),
  /// Looks, brings work and decides about it.
  DECIDER(EnumSet.complementOf(EnumSet.of(Access.OPERATE))),
  /// Everything, pausing the line included.
  ADMIN(EnumSet.allOf(Access.class));

  @SuppressWarnings("ImmutableEnumChecker") // Copied: nobody can change it.
  private final Set<Access> may;

  Role(Set<Access> may) {
    this.may = Set.copyOf(may);
  }

  boolean may(Access access) {
    return may.contains(access);
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A role a token can have, by its name.
  public static Optional<Role> parse(String wire) {
    return Arrays.stream(values())
        .filter(role -> role != STRANGER && role.wire().equals(wire))
        .findFirst();
  }
}

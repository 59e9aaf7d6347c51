package dev.millwright.codegen.adapter.recipes;

/// A request that cannot be understood: names the field, the value it had and what to write
/// instead.
final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 120;

  private final String field;

  BadInput(String field, String value, String fix) {
    super("field '%s': value '%s': %s".formatted(field, shortened(value), fix));
    this.field = field;
  }

  String field() {
    return field;
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}

package dev.millwright.shared.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says what a record's component means at the HTTP border and which values it takes; checked on
/// the way in, published in the OpenAPI document.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
  String about() default "";

  /// Least characters, entries or value; -1 for no limit.
  long least() default -1;

  /// Most characters, entries or value; -1 for no limit.
  long most() default -1;

  /// The only values it takes.
  String[] oneOf() default {};
}

package dev.millwright.shared.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Lets Jackson find the records of a sealed interface by itself, so that the domain stays free of
/// annotations: a field of a sealed type carries `"is": "record-name"`.
final class SealedTypes extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated type) {
    return isSealed(type.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "is", null, false, null, null)
        : super.findPolymorphicTypeInfo(config, type);
  }

  @Override
  public List<NamedType> findSubtypes(Annotated type) {
    return isSealed(type.getRawType())
        ? records(type.getRawType()).map(record -> new NamedType(record, wire(record))).toList()
        : super.findSubtypes(type);
  }

  private static boolean isSealed(Class<?> type) {
    return type.isInterface() && type.isSealed();
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(permitted -> isSealed(permitted) ? records(permitted) : Stream.of(permitted));
  }

  static String wire(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}

package dev.millwright.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// JSON schemas made from the records that are really read and written, so that neither can drift
/// from the other.
final class Schemas {
  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();
  private static final Map<Class<?>, ObjectNode> REQUESTS = new ConcurrentHashMap<>();

  private Schemas() {}

  /// The schema of a body we read: what is not nullable is required, nothing else may be there.
  static ObjectNode request(Class<?> shape) {
    return REQUESTS.computeIfAbsent(shape, it -> object(it, true));
  }

  /// The schema of a body we write: every field is there, a nullable one may be `null`.
  static ObjectNode response(Class<?> shape) {
    return object(shape, false);
  }

  private static ObjectNode object(Class<?> shape, boolean reading) {
    var schema = Json.object().put("type", "object");
    var properties = schema.putObject("properties");
    var required = Json.object().putArray("required");
    for (var component : shape.getRecordComponents()) {
      var name = NAMES.translate(component.getName());
      var optional =
          component.getType() == Optional.class
              || (reading && component.getAnnotatedType().isAnnotationPresent(Nullable.class));
      properties.set(name, property(component, reading));
      if (!optional) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode property(RecordComponent component, boolean reading) {
    var schema = type(component.getGenericType(), reading);
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      if (schema.path("type").isTextual()) {
        var type = schema.path("type").textValue();
        schema.putArray("type").add(type).add("null");
      } else if (!schema.isEmpty()) {
        var either = Json.object();
        either.putArray("anyOf").add(schema).add(Json.object().put("type", "null"));
        schema = either;
      }
    }
    var field = component.getAnnotation(Field.class);
    if (field != null) {
      limit(schema, field, component.getType());
    }
    return schema;
  }

  private static void limit(ObjectNode schema, Field field, Class<?> type) {
    if (!field.about().isEmpty()) {
      schema.put("description", field.about());
    }
    var unit =
        type == String.class
            ? "Length"
            : List.class.isAssignableFrom(type)
                ? "Items"
                : Map.class.isAssignableFrom(type) ? "Properties" : "";
    if (field.least() >= 0) {
      schema.put(unit.isEmpty() ? "minimum" : "min" + unit, field.least());
    }
    if (field.most() >= 0) {
      schema.put(unit.isEmpty() ? "maximum" : "max" + unit, field.most());
    }
    if (field.oneOf().length > 0) {
      var values = schema.putArray("enum");
      List.of(field.oneOf()).forEach(values::add);
      if (schema.path("type").isArray()) {
        values.addNull();
      }
    }
  }

  private static ObjectNode type(Type type, boolean reading) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return type(arguments[0], reading);
      }
      var schema = Json.object();
      if (generic.getRawType() == Map.class) {
        schema.put("type", "object").set("additionalProperties", type(arguments[1], reading));
      } else {
        schema.put("type", "array").set("items", type(arguments[0], reading));
      }
      return schema;
    }
    return plain((Class<?>) type, reading);
  }

  private static ObjectNode plain(Class<?> type, boolean reading) {
    var schema = Json.object();
    if (type == String.class) {
      return schema.put("type", "string");
    } else if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    } else if (type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class) {
      return schema.put("type", "integer");
    } else if (type == double.class || type == Double.class) {
      return schema.put("type", "number");
    } else if (type == boolean.class) {
      return schema.put("type", "boolean");
    } else if (JsonNode.class.isAssignableFrom(type)) {
      return schema;
    } else if (type.isRecord()) {
      return object(type, reading);
    }
    throw new IllegalArgumentException("no JSON schema for " + type.getName());
  }
}

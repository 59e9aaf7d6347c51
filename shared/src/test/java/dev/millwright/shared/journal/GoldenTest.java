package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemState;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Old journals stay readable: the bytes under `golden/` are read into the same values for ever.
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> an_event_of_an_old_journal_is_read_as_it_was_meant() {
    return Samples.events().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () ->
                    stays(
                        "events/" + sample.getKey(),
                        sample.getValue(),
                        Codec.encode(sample.getValue()),
                        bytes -> Codec.decode(EventNames.of(sample.getValue()), bytes))));
  }

  @TestFactory
  Stream<DynamicTest> a_row_of_an_old_view_is_read_as_it_was_meant() {
    return Samples.states().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () ->
                    stays(
                        "states/" + sample.getKey(),
                        sample.getValue(),
                        Codec.encode(sample.getValue()),
                        Codec::decodeState)));
  }

  @Test
  void every_event_has_a_golden_file_under_its_wire_name() {
    assertThat(Samples.events().values())
        .extracting(Object::getClass)
        .containsAll(List.of(WorkItemEvent.class.getPermittedSubclasses()));
    Samples.events()
        .forEach((file, event) -> assertThat(file.split("\\.")[0]).isEqualTo(EventNames.of(event)));
  }

  @Test
  void no_word_of_an_old_journal_is_forgotten() throws IOException {
    var today = new TreeMap<String, Set<String>>();
    words(WorkItemEvent.class, today);
    words(WorkItemState.Known.class, today);
    var text =
        today.entrySet().stream()
            .map(type -> type.getKey() + ": " + String.join(" ", type.getValue()) + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.write")) {
      Golden.write("words.txt", text);
    }

    for (var pinned : Golden.text("words.txt").lines().toList()) {
      var type = pinned.substring(0, pinned.indexOf(':'));
      var words = List.of(pinned.substring(pinned.indexOf(':') + 2).split(" "));
      assertThat(today.getOrDefault(type, Set.of()))
          .as("old journals say these words of %s; a word may be added, never renamed", type)
          .containsAll(words);
    }
    assertThat(text)
        .as("new words: look at them, then write them down with -Dgolden.write=true")
        .isEqualTo(Golden.text("words.txt"));
  }

  private static void stays(
      String file, Object expected, byte[] today, Function<byte[], ?> decode) {
    var pinned = Golden.pinned(file, today);

    var read = decode.apply(pinned.cbor());

    assertThat(read)
        .as("old journals hold %s as %s and must be read as what it meant", file, pinned.json())
        .isEqualTo(expected);
    assertThat(Golden.tree(pinned.cbor())).as("the readable half").isEqualTo(pinned.json());
    filled(file, read, pinned.json().has("state") ? pinned.json().get("state") : pinned.json());
    assertThat(decode.apply(today)).isEqualTo(expected);
    kept(file, pinned.json(), Golden.tree(today));
  }

  /// Every component was in the old bytes, or may be absent; every old field is still read.
  private static void filled(String path, @Nullable Object value, JsonNode json) {
    switch (value) {
      case Record record when json.isObject() -> {
        var components = record.getClass().getRecordComponents();
        for (var component : components) {
          filled(path, record, component, json);
        }
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        assertThat(names)
            .as("%s: an old journal holds a field that nothing reads any more", path)
            .containsAll(
                json.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !name.equals("is"))
                    .toList());
      }
      case Collection<?> list -> {
        var at = 0;
        for (var element : list) {
          filled(path + "[" + at + "]", element, json.get(at++));
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, element) -> filled(path + "." + key, element, json.get("" + key)));
      case null, default -> {}
    }
  }

  private static void filled(String path, Record record, RecordComponent component, JsonNode json) {
    var here = path + "." + component.getName();
    try {
      component.getAccessor().setAccessible(true);
      var value = component.getAccessor().invoke(record);
      var field = json.get(component.getName());
      if (field != null) {
        filled(here, value, field);
      } else {
        assertThat(
                component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || (value != null && !component.getType().isPrimitive()))
            .as(
                "%s: an old journal has no such field; make it @Nullable, or give it a default in"
                    + " the record's constructor",
                here)
            .isTrue();
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(here, e);
    }
  }

  /// Writing may add fields; what old versions read stays.
  private static void kept(String path, JsonNode old, JsonNode today) {
    if (!old.isObject()) {
      assertThat(today).as("%s is written as it always was", path).isEqualTo(old);
      return;
    }
    old.propertyStream()
        .forEach(field -> {
          var now = today.get(field.getKey());
          assertThat(now).as("%s.%s is still written", path, field.getKey()).isNotNull();
          if (!field.getValue().isArray()) {
            kept(path + "." + field.getKey(), field.getValue(), now);
          }
        });
  }

  /// The constants of enums and the names of records behind sealed types: both are in the bytes.
  private static void words(Type type, Map<String, Set<String>> found) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> words(argument, found));
    } else if (type instanceof Class<?> plain
        && plain.getName().startsWith("dev.millwright")
        && !found.containsKey(plain.getName())) {
      var words = found.computeIfAbsent(plain.getName(), _ -> new TreeSet<>());
      if (plain.isEnum()) {
        Stream.of(plain.getEnumConstants()).forEach(constant -> words.add(constant.toString()));
      } else if (plain.isSealed()) {
        for (var permitted : plain.getPermittedSubclasses()) {
          words.add(SealedTypes.wire(permitted));
          words(permitted, found);
        }
      } else if (plain.isRecord()) {
        for (var component : plain.getRecordComponents()) {
          words.add(component.getName());
          words(component.getGenericType(), found);
        }
      }
      if (words.isEmpty()) {
        found.remove(plain.getName());
      }
    }
  }
}

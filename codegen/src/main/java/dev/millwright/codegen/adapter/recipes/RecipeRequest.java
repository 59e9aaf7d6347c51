package dev.millwright.codegen.adapter.recipes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one run of the recipe runner is asked to do: one JSON document, read strictly because it
/// comes from a work item's facts.
record RecipeRequest(List<RecipeCall> calls) {
  static final int MAX_BYTES = 1 << 20;
  static final int MAX_RECIPES = 50;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  RecipeRequest {
    calls = List.copyOf(calls);
  }

  static RecipeRequest read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BadInput("(document)", "over " + MAX_BYTES + " bytes", "send a smaller document");
    }
    try {
      return of(JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new BadInput("(document)", e.getOriginalMessage(), "send one JSON object");
    }
  }

  private static RecipeRequest of(JsonNode root) {
    if (!root.isObject()) {
      throw new BadInput(
          "(document)", root.toString(), "send {\"recipe\": name, \"options\": {…}}");
    }
    if (!root.has("recipes")) {
      return new RecipeRequest(List.of(call(root, "")));
    }
    onlyFields(root, "", Set.of("recipes"));
    JsonNode list = root.get("recipes");
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_RECIPES) {
      throw new BadInput(
          "recipes", list.toString(), "send a list of 1 to " + MAX_RECIPES + " recipes");
    }
    List<RecipeCall> calls = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      calls.add(call(list.get(i), "recipes[" + i + "]."));
    }
    return new RecipeRequest(calls);
  }

  private static RecipeCall call(JsonNode node, String at) {
    if (!node.isObject()) {
      throw new BadInput(at + "recipe", node.toString(), "send an object with recipe and options");
    }
    onlyFields(node, at, Set.of("recipe", "options"));
    JsonNode name = node.path("recipe");
    if (!name.isTextual() || name.textValue().isBlank()) {
      throw new BadInput(at + "recipe", name.toString(), "name one of " + RecipeCatalogue.NAMES);
    }
    return new RecipeCall(name.textValue(), options(node.path("options"), at));
  }

  private static Map<String, String> options(JsonNode node, String at) {
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new BadInput(at + "options", node.toString(), "send an object of strings");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (var option : node.properties()) {
      if (!option.getValue().isValueNode() || option.getValue().isNull()) {
        throw new BadInput(
            at + "options." + option.getKey(), option.getValue().toString(), "send a string");
      }
      options.put(option.getKey(), option.getValue().asText());
    }
    return options;
  }

  private static void onlyFields(JsonNode node, String at, Set<String> known) {
    for (var field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new BadInput(
            at + field.getKey(),
            field.getValue().toString(),
            "unknown field; known are " + known.stream().sorted().toList());
      }
    }
  }
}

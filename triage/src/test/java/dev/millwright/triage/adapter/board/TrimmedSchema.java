package dev.millwright.triage.adapter.board;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.Field;
import graphql.language.FieldDefinition;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectField;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Published GraphQL schemas, cut down to what our documents touch: `main` does it, from a file
/// with the whole schema.
///
/// What is kept is as published: types with the fields, arguments and input fields that are used,
/// enumerations and scalars whole; descriptions and directives are left out.
final class TrimmedSchema {
  private static final Set<String> BUILT_IN = Set.of("String", "Int", "Float", "Boolean", "ID");

  private final Map<String, Definition<?>> types = new HashMap<>();
  private final Map<String, Set<String>> used = new TreeMap<>();
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();

  private TrimmedSchema(Document schema) {
    for (Definition<?> definition : schema.getDefinitions()) {
      switch (definition) {
        case ObjectTypeDefinition type -> types.put(type.getName(), type);
        case InputObjectTypeDefinition type -> types.put(type.getName(), type);
        case EnumTypeDefinition type -> types.put(type.getName(), type);
        case ScalarTypeDefinition type -> types.put(type.getName(), type);
        default -> {
          // No other kind is touched.
        }
      }
    }
  }

  /// Trims a schema: `linear` or `github`, the file with the whole one, the file to write.
  static void main(String[] arguments) throws IOException {
    var documents =
        arguments[0].equals("linear") ? LinearDocuments.ALL : List.of(GithubApi.COMMENTS);
    var options = ParserOptions.newParserOptions().maxTokens(Integer.MAX_VALUE);
    options.maxCharacters(Integer.MAX_VALUE).maxWhitespaceTokens(Integer.MAX_VALUE);
    var whole =
        new Parser()
            .parseDocument(
                ParserEnvironment.newParserEnvironment()
                    .document(Files.readString(Path.of(arguments[1])))
                    .parserOptions(options.build())
                    .build());
    var notice = resource(arguments[0] + ".notice");
    Files.writeString(Path.of(arguments[2]), notice + new TrimmedSchema(whole).trimmed(documents));
  }

  /// An engine over a trimmed schema.
  static GraphQL engine(String name, UnaryOperator<RuntimeWiring.Builder> fetchers) {
    var registry = new SchemaParser().parse(resource(name));
    var wiring = fetchers.apply(RuntimeWiring.newRuntimeWiring());
    for (var scalar : registry.scalars().keySet()) {
      if (!BUILT_IN.contains(scalar)) {
        wiring.scalar(asItIs(scalar));
      }
    }
    return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(registry, wiring.build()))
        .build();
  }

  /// What of a document does not fit.
  static List<String> mistakes(GraphQL engine, String document) {
    var input = ExecutionInput.newExecutionInput(document).build();
    return ParseAndValidate.parseAndValidate(engine.getGraphQLSchema(), input).getErrors().stream()
        .map(GraphQLError::getMessage)
        .toList();
  }

  static String resource(String name) {
    try (var in = TrimmedSchema.class.getResourceAsStream("/graphql/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphQLScalarType asItIs(String name) {
    return GraphQLScalarType.newScalar().name(name).coercing(new AsItIs()).build();
  }

  private String trimmed(List<String> documents) {
    documents.forEach(it -> document(Parser.parse(it)));
    return used.keySet().stream()
        .filter(it -> !BUILT_IN.contains(it))
        .map(it -> AstPrinter.printAst(kept(it)))
        .collect(Collectors.joining("\n\n", "", "\n"));
  }

  private void document(Document document) {
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(it -> fragments.put(it.getName(), it));
    for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      operation.getVariableDefinitions().forEach(it -> use(it.getType()));
      var root =
          operation.getOperation() == OperationDefinition.Operation.QUERY ? "Query" : "Mutation";
      selection(operation.getSelectionSet(), root);
    }
  }

  private void selection(SelectionSet set, String type) {
    for (Selection<?> selection : set.getSelections()) {
      switch (selection) {
        case Field field -> field(field, type);
        case FragmentSpread spread ->
            selection(
                Objects.requireNonNull(fragments.get(spread.getName())).getSelectionSet(), type);
        case InlineFragment inline ->
            selection(
                inline.getSelectionSet(),
                Objects.requireNonNull(inline.getTypeCondition()).getName());
        default -> throw new IllegalStateException("unknown selection " + selection);
      }
    }
  }

  private void field(Field field, String type) {
    var definition =
        ((ObjectTypeDefinition) type(type))
            .getFieldDefinitions().stream()
                .filter(it -> it.getName().equals(field.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + "." + field.getName()));
    use(type, field.getName());
    for (var argument : field.getArguments()) {
      use(type, field.getName() + "(" + argument.getName());
      argument(definition, argument);
    }
    use(definition.getType());
    if (field.getSelectionSet() != null) {
      selection(field.getSelectionSet(), nameOf(definition.getType()));
    }
  }

  private void argument(FieldDefinition definition, Argument argument) {
    var input =
        definition.getInputValueDefinitions().stream()
            .filter(it -> it.getName().equals(argument.getName()))
            .findFirst()
            .orElseThrow();
    use(input.getType());
    value(argument.getValue(), nameOf(input.getType()));
  }

  private void value(Value<?> value, String type) {
    switch (value) {
      case ArrayValue array -> array.getValues().forEach(it -> value(it, type));
      case ObjectValue object -> object.getObjectFields().forEach(it -> inputField(it, type));
      default -> use(type, "");
    }
  }

  private void inputField(ObjectField field, String type) {
    var input =
        ((InputObjectTypeDefinition) type(type))
            .getInputValueDefinitions().stream()
                .filter(it -> it.getName().equals(field.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + "." + field.getName()));
    use(type, field.getName());
    use(input.getType());
    value(field.getValue(), nameOf(input.getType()));
  }

  private void use(Type<?> type) {
    use(nameOf(type), "");
  }

  private void use(String type, String member) {
    used.computeIfAbsent(type, _ -> new TreeSet<>()).add(member);
  }

  private Definition<?> type(String name) {
    return Objects.requireNonNull(types.get(name), name);
  }

  private Definition<?> kept(String name) {
    var members = Objects.requireNonNull(used.get(name));
    return switch (type(name)) {
      case ObjectTypeDefinition type ->
          ObjectTypeDefinition.newObjectTypeDefinition()
              .name(name)
              .fieldDefinitions(
                  type.getFieldDefinitions().stream()
                      .filter(it -> members.contains(it.getName()))
                      .map(it -> kept(it, members))
                      .toList())
              .build();
      case InputObjectTypeDefinition type ->
          InputObjectTypeDefinition.newInputObjectDefinition()
              .name(name)
              .inputValueDefinitions(
                  type.getInputValueDefinitions().stream()
                      .filter(it -> members.contains(it.getName()) || isRequired(it))
                      .map(TrimmedSchema::bare)
                      .toList())
              .build();
      case EnumTypeDefinition type ->
          EnumTypeDefinition.newEnumTypeDefinition()
              .name(name)
              .enumValueDefinitions(
                  type.getEnumValueDefinitions().stream()
                      .map(it -> it.transform(b -> b.description(null).directives(List.of())))
                      .toList())
              .build();
      default -> ScalarTypeDefinition.newScalarTypeDefinition().name(name).build();
    };
  }

  private static FieldDefinition kept(FieldDefinition field, Set<String> members) {
    var inputs = new ArrayList<InputValueDefinition>();
    for (var input : field.getInputValueDefinitions()) {
      if (isRequired(input) || members.contains(field.getName() + "(" + input.getName())) {
        inputs.add(bare(input));
      }
    }
    return FieldDefinition.newFieldDefinition()
        .name(field.getName())
        .type(field.getType())
        .inputValueDefinitions(inputs)
        .build();
  }

  private static InputValueDefinition bare(InputValueDefinition input) {
    return input.transform(it -> it.description(null).directives(List.of()));
  }

  private static boolean isRequired(InputValueDefinition input) {
    return input.getType() instanceof NonNullType && input.getDefaultValue() == null;
  }

  /// A scalar of the provider's own, of which nothing is known but its name.
  private static final class AsItIs implements Coercing<Object, Object> {
    @Override
    public Object serialize(Object result, GraphQLContext context, Locale locale) {
      return result;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
      return input;
    }

    @Override
    public Object parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return Objects.requireNonNull(((StringValue) input).getValue());
    }
  }

  private static String nameOf(Type<?> type) {
    return switch (type) {
      case NonNullType whole -> nameOf(whole.getType());
      case ListType list -> nameOf(list.getType());
      case TypeName name -> name.getName();
      default -> throw new IllegalStateException("unknown type " + type);
    };
  }
}

package dev.millwright.codegen.adapter.recipes;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.MethodMatcher;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/// What the sources declare: where the new name stands already, only the uses move; where it does
/// not, the declaration is renamed with them.
final class Declarations {
  private Declarations() {}

  /// Whether a class that declares the old method also declares the new one with the same
  /// parameters.
  static boolean method(List<SourceFile> sources, String pattern, String newName) {
    var matcher = new MethodMatcher(pattern, true);
    Set<String> old = new HashSet<>();
    Set<String> all = new HashSet<>();
    var visitor =
        new JavaIsoVisitor<Integer>() {
          @Override
          public J.MethodDeclaration visitMethodDeclaration(
              J.MethodDeclaration method, Integer unused) {
            JavaType.Method type = method.getMethodType();
            if (type != null) {
              String rest = type.getParameterTypes() + "@" + type.getDeclaringType();
              all.add(type.getName() + rest);
              if (matcher.matches(type)) {
                old.add(newName + rest);
              }
            }
            return super.visitMethodDeclaration(method, unused);
          }
        };
    sources.forEach(source -> visitor.visit(source, 0));
    return old.stream().anyMatch(all::contains);
  }

  /// Whether the sources declare a type of this name.
  static boolean type(List<SourceFile> sources, String name) {
    Set<String> types = new HashSet<>();
    var visitor =
        new JavaIsoVisitor<Integer>() {
          @Override
          public J.ClassDeclaration visitClassDeclaration(
              J.ClassDeclaration declaration, Integer unused) {
            JavaType.FullyQualified type = declaration.getType();
            if (type != null) {
              types.add(type.getFullyQualifiedName());
            }
            return super.visitClassDeclaration(declaration, unused);
          }
        };
    sources.forEach(source -> visitor.visit(source, 0));
    return types.contains(name);
  }
}

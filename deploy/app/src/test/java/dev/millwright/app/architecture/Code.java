package dev.millwright.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the rules look at: the main classes of every module, and the checkout they come from.
final class Code {
  static final List<String> STAGES =
      List.of("triage", "codegen", "validation", "release", "docs", "monitoring");

  /// Read once; every test class shares them.
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(place -> !place.contains("-tests.jar"))
          .importPackages("dev.millwright");

  private Code() {}

  /// The top of the checkout: the first folder above this one that has the launcher.
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("millwright"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
  }
}

package dev.millwright.shared.settings;

/// Prints the reference page of every key; `docs/reference/configuration.md` is its output.
public final class SettingsReference {
  private SettingsReference() {}

  public static String markdown() {
    var page = new StringBuilder(HEAD);
    Keys.SECTIONS.forEach((section, about) -> {
      page.append("\n## `").append(section).append("`\n\n").append(about).append("\n\n");
      page.append("| key | value | default | meaning | example |\n|---|---|---|---|---|\n");
      Keys.ALL.stream()
          .filter(key -> key.path().split("[.\\[]", 2)[0].equals(section))
          .forEach(key -> page.append(row(key)));
    });
    return page.toString();
  }

  /// The keys of a `WORKFLOW.md` that say how a factory runs, as a table in `docs/symphony.md`.
  public static String workflow() {
    var table = new StringBuilder("| key | value | default | here |\n|---|---|---|---|\n");
    SymphonyKeys.SHOWN.forEach(key ->
        table.append(
            String.format(
                "| `%s` | %s | %s | %s |%n",
                key.path(),
                key.type().words(),
                key.preset() == null ? "" : "`" + key.preset() + "`",
                key.meaning())));
    return table.toString();
  }

  private static String row(Key key) {
    var remark =
        switch (key.need()) {
          case OPTIONAL -> "";
          case REQUIRED -> " **Required.**";
          case LATER -> " *Accepted, not used by this version.*";
        };
    var preset = key.preset() == null ? "" : "`" + key.preset() + "`";
    return String.format(
        "| `%s` | %s | %s | %s%s | `%s` |%n",
        key.path(), key.type().words(), preset, key.meaning(), remark, key.example());
  }

  private static final String HEAD =
      """
      # Configuration: `millwright.yaml`

      <!-- Made from the declarations in dev.millwright.shared.settings.Keys; a test compares. -->

      The server's file. `millwright up` takes the one named by `--config`, else `./millwright.yaml`; without
      any it runs on the current git repository with the defaults below. `millwright config check` says what is
      wrong with a file, all of it at once, each with line, key, value and fix; `config show` prints what is in
      force; `config schema` prints the JSON Schema that editors complete and check with.

      - `*` is a name you choose, `[]` an entry of a list. An unknown key is an error.
      - `$NAME` as a whole value is read from the environment, in texts, secrets, paths and addresses. A secret
        written into the file itself works and is warned about. Secrets are never printed.
      - Keys marked *not used by this version* are accepted, so that a file can be ahead of the program;
        `config check` lists them as warnings.
      """;
}

package dev.millwright.shared.workspace;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a mirror; needs no lock.
final class MirrorReader {
  private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final long DIFF_BYTES = 4L * 1024 * 1024;
  private static final long FILE_BYTES = 16L * 1024 * 1024;

  private static final long MOST_LOOSE = 2_000;
  private static final long MOST_PACKS = 20;

  private final Path folder;

  MirrorReader(Path folder) {
    this.folder = folder;
  }

  static Git.Call call(Path folder, String... words) {
    var all = new ArrayList<>(List.of("--git-dir=" + folder));
    all.addAll(Arrays.asList(words));
    return Git.Call.in(folder, all.toArray(String[]::new));
  }

  /// A full hash and nothing that git could take for something else.
  static String object(String hash) {
    if (!OBJECT.matcher(hash).matches()) {
      throw new IllegalArgumentException("not a full object name: " + hash);
    }
    return hash;
  }

  Optional<String> resolve(String ref) {
    return resolveAs(ref, "commit");
  }

  Optional<String> resolveAs(String ref, String type) {
    if (ref.isBlank() || !java.nio.file.Files.isDirectory(folder)) {
      return Optional.empty();
    }
    var raw =
        Git.raw(
            call(
                folder,
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                ref + "^{" + type + "}"));
    return raw.ok() ? Optional.of(raw.text().strip()) : Optional.empty();
  }

  Optional<String> defaultBranch() {
    var raw = Git.raw(call(folder, "symbolic-ref", "--short", "HEAD"));
    return raw.ok() ? Optional.of(raw.text().strip()) : Optional.empty();
  }

  String diff(String base, String commit) {
    var raw =
        Git.raw(
            call(
                    folder,
                    "diff",
                    "--no-color",
                    "--no-ext-diff",
                    "--no-textconv",
                    "--find-renames",
                    object(base),
                    object(commit),
                    "--")
                .within(Git.SHORT.withOutputBytes(DIFF_BYTES)));
    if (raw.exit() instanceof Exit.OutputExceeded) {
      return raw.text() + "\n[... the rest of the diff is left out ...]\n";
    }
    return promised(raw).text();
  }

  List<FileChange> numstat(String base, String commit) {
    var kinds = new LinkedHashMap<String, FileChange.Kind>();
    var changes = new ArrayList<FileChange>();
    var fields = List.of(changed(base, commit, "--numstat").split("\0"));
    for (int at = 0; at < fields.size(); at++) {
      String field = fields.get(at);
      if (field.startsWith(":")) {
        kinds.put(fields.get(++at), kind(field));
      } else if (!field.isEmpty()) {
        changes.add(change(field.split("\t", 3), kinds));
      }
    }
    return List.copyOf(changes);
  }

  /// What was put at a path: its mode and object.
  record Put(String mode, String object, String path) {}

  /// Every path that a change added or altered.
  List<Put> puts(String base, String commit) {
    var puts = new ArrayList<Put>();
    var fields = List.of(changed(base, commit, "--raw").split("\0"));
    for (int at = 0; at + 1 < fields.size(); at += 2) {
      String[] parts = fields.get(at).split(" ");
      if (!parts[1].equals("000000")) {
        puts.add(new Put(parts[1], parts[3], fields.get(at + 1)));
      }
    }
    return puts;
  }

  private String changed(String base, String commit, String form) {
    return promised(
            Git.raw(
                call(
                    folder,
                    "diff-tree",
                    "-r",
                    "-z",
                    "--no-renames",
                    "--full-index",
                    "--raw",
                    form,
                    object(base),
                    object(commit),
                    "--")))
        .text();
  }

  private static FileChange.Kind kind(String raw) {
    return switch (raw.charAt(raw.length() - 1)) {
      case 'A' -> FileChange.Kind.ADDED;
      case 'D' -> FileChange.Kind.DELETED;
      case 'T' -> FileChange.Kind.TYPE_CHANGED;
      default -> FileChange.Kind.MODIFIED;
    };
  }

  private static FileChange change(String[] parts, Map<String, FileChange.Kind> kinds) {
    boolean binary = parts[0].equals("-");
    return new FileChange(
        parts[2],
        binary ? 0 : Integer.parseInt(parts[0]),
        binary ? 0 : Integer.parseInt(parts[1]),
        kinds.getOrDefault(parts[2], FileChange.Kind.MODIFIED),
        binary);
  }

  Optional<byte[]> readFile(String commit, String path) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      return Optional.empty();
    }
    var listed = promised(Git.raw(call(folder, "ls-tree", "-z", "-l", object(commit), "--", path)));
    String entry = listed.text();
    int tab = entry.indexOf('\t');
    if (tab < 0 || !entry.startsWith("100")) {
      return Optional.empty();
    }
    String[] parts = entry.substring(0, tab).split(" +");
    if (Long.parseLong(parts[3]) > FILE_BYTES) {
      return Optional.empty();
    }
    return Optional.of(blob(parts[2]));
  }

  /// The plain files directly in a folder, by their names.
  Map<String, BranchFolder.Entry> entries(String commit, String within) {
    var entries = new LinkedHashMap<String, BranchFolder.Entry>();
    var words = new ArrayList<>(List.of("ls-tree", "-z", "-l", object(commit)));
    if (!within.isEmpty()) {
      words.addAll(List.of("--", within + "/"));
    }
    var listed = promised(Git.raw(call(folder, words.toArray(String[]::new)))).text();
    for (String entry : listed.isEmpty() ? List.<String>of() : List.of(listed.split("\0"))) {
      int tab = entry.indexOf('\t');
      String[] parts = entry.substring(0, tab).split(" +");
      if (parts[0].equals("100644") || parts[0].equals("100755")) {
        var name = entry.substring(tab + 1);
        entries.put(
            name.substring(name.lastIndexOf('/') + 1),
            new BranchFolder.Entry(parts[2], Long.parseLong(parts[3])));
      }
    }
    return entries;
  }

  byte[] blob(String object) {
    return promised(Git.raw(call(folder, "cat-file", "blob", object(object)))).stdout();
  }

  List<String> listFiles(String commit) {
    String names =
        promised(Git.raw(call(folder, "ls-tree", "-r", "-z", "--name-only", object(commit))))
            .text();
    return names.isEmpty() ? List.of() : List.of(names.split("\0"));
  }

  Map<String, String> contents(String commit) {
    var listed = promised(Git.raw(call(folder, "ls-tree", "-r", "-z", object(commit)))).text();
    var contents = new LinkedHashMap<String, String>();
    for (String entry : listed.isEmpty() ? List.<String>of() : List.of(listed.split("\0"))) {
      int tab = entry.indexOf('\t');
      contents.put(entry.substring(tab + 1), entry.substring(0, tab));
    }
    return contents;
  }

  List<LogEntry> log(String range, int limit) {
    if (range.startsWith("-")) {
      throw new IllegalArgumentException("not a range: " + range);
    }
    String all =
        promised(
                Git.raw(
                    call(
                        folder,
                        "log",
                        "-z",
                        "-n" + limit,
                        "--format=%H%x1f%P%x1f%ct%x1f%an%x1f%s%x1f%b",
                        range,
                        "--")))
            .text();
    return all.isEmpty() ? List.of() : Arrays.stream(all.split("\0")).map(this::entry).toList();
  }

  private LogEntry entry(String line) {
    String[] parts = line.split("\u001f", 6);
    return new LogEntry(
        parts[0],
        parts[1].isEmpty() ? List.of() : List.of(parts[1].split(" ")),
        parts[3],
        Instant.ofEpochSecond(Long.parseLong(parts[2])),
        parts[4],
        parts[5].strip());
  }

  /// A repository within the repository.
  record Submodule(String path, String url, String commit) {}

  List<Submodule> submodules(String commit) {
    var raw =
        Git.raw(
            call(
                folder,
                "config",
                "--blob",
                object(commit) + ":.gitmodules",
                "-z",
                "--get-regexp",
                "^submodule\\..*\\.(path|url)$"));
    var said = new LinkedHashMap<String, String>();
    for (String entry : raw.ok() ? List.of(raw.text().split("\0")) : List.<String>of()) {
      int end = entry.indexOf('\n');
      if (end > 0) {
        said.put(entry.substring(0, end), entry.substring(end + 1));
      }
    }
    var found = new ArrayList<Submodule>();
    said.forEach((key, path) -> {
      var url = said.get(key.replaceFirst("path$", "url"));
      if (key.endsWith(".path") && url != null) {
        gitlink(commit, path).ifPresent(link -> found.add(new Submodule(path, url, link)));
      }
    });
    return found;
  }

  private Optional<String> gitlink(String commit, String path) {
    if (!path.matches("[^/]+(/[^/]+)*") || path.matches("(?i)(.*/)?(\\.|\\.\\.|\\.git)(/.*)?")) {
      return Optional.empty();
    }
    var entry = Git.raw(call(folder, "ls-tree", "-z", object(commit), "--", path)).text();
    return entry.startsWith("160000 commit ") && entry.endsWith("\t" + path + "\0")
        ? Optional.of(entry.split("[ \t]")[2])
        : Optional.empty();
  }

  List<Mirror.Dated> refs(String prefix) {
    var all =
        promised(
            Git.raw(
                call(folder, "for-each-ref", "--format=%(committerdate:unix) %(refname)", prefix)));
    return all.text()
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> !parts[0].isEmpty())
        .map(parts -> new Mirror.Dated(parts[1], Instant.ofEpochSecond(Long.parseLong(parts[0]))))
        .toList();
  }

  boolean isScattered() {
    var counts = promised(Git.raw(call(folder, "count-objects", "-v"))).text().lines().toList();
    return counts.stream()
        .map(line -> line.split(": "))
        .anyMatch(line ->
            (line[0].equals("count") && Long.parseLong(line[1]) > MOST_LOOSE)
                || (line[0].equals("packs") && Long.parseLong(line[1]) > MOST_PACKS));
  }

  Optional<Integer> filesApart(String one, String other) {
    var words = List.of("diff-tree", "-r", "-z", "--no-renames", "--name-only", one, other);
    var raw = Git.raw(call(folder, words.toArray(String[]::new)));
    return raw.ok()
        ? Optional.of((int) raw.text().chars().filter(character -> character == 0).count())
        : Optional.empty();
  }

  String refsOfClones() {
    var main = defaultBranch().flatMap(branch -> resolve("refs/heads/" + branch));
    return promised(
                Git.raw(
                    call(
                        folder,
                        "for-each-ref",
                        "--format=%(objectname) refs/remotes/origin/%(refname:lstrip=2)",
                        "refs/heads")))
            .text()
        + promised(
                Git.raw(
                    call(folder, "for-each-ref", "--format=%(objectname) %(refname)", "refs/tags")))
            .text()
        + main.map(commit -> commit + " refs/heads/" + defaultBranch().orElseThrow() + "\n")
            .orElse("");
  }

  Optional<String> mergeBase(String one, String other) {
    var raw = Git.raw(call(folder, "merge-base", object(one), object(other)));
    return raw.ok() ? Optional.of(raw.text().strip()) : Optional.empty();
  }

  boolean isAncestor(String ancestor, String commit) {
    return Git.raw(call(folder, "merge-base", "--is-ancestor", object(ancestor), object(commit)))
        .ok();
  }

  Merge mergeTree(String base, String commit) {
    var raw =
        Git.raw(
            call(
                folder,
                "merge-tree",
                "--write-tree",
                "--no-messages",
                "--name-only",
                "-z",
                object(base),
                object(commit)));
    var fields = List.of(new String(raw.stdout(), StandardCharsets.UTF_8).split("\0"));
    return switch (raw.code()) {
      case 0 -> new Merge.Merged(fields.getFirst());
      case 1 -> new Merge.Conflicts(fields.stream().skip(1).distinct().toList());
      default -> new Merge.Failed(raw.complaint());
    };
  }

  private static Git.Raw promised(Git.Raw raw) {
    if (!raw.ok()) {
      throw new GitException(raw.complaint());
    }
    return raw;
  }
}

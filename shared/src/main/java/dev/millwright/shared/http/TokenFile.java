package dev.millwright.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The tokens made with `millwright token create`, in the data directory: names, roles and hashes,
/// never a secret. Many processes may change it; a running server notices.
public final class TokenFile {
  private static final String NAME = "tokens.json";
  private static final String START = "mw_";
  private static final int SECRET_BYTES = 24;

  private final Path file;

  public TokenFile(Path data) {
    this.file = data.resolve(NAME);
  }

  /// One token, without what its holder shows.
  ///
  /// @param sha256 of the secret, in hexadecimal
  public record Entry(String name, Role role, String sha256, Instant createdAt) {}

  /// All of them, oldest first.
  public List<Entry> list() {
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      var entries = new ArrayList<Entry>();
      for (var each : Json.parse(Files.readAllBytes(file)).path("tokens")) {
        entries.add(entry(each));
      }
      return List.copyOf(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new UncheckedIOException(new IOException(file + " is damaged: " + e.getMessage(), e));
    }
  }

  private static Entry entry(JsonNode node) {
    return new Entry(
        node.path("name").asText(),
        Role.parse(node.path("role").asText())
            .orElseThrow(() -> new IllegalArgumentException("no such role")),
        node.path("sha256").asText(),
        Instant.parse(node.path("created_at").asText()));
  }

  /// Makes a token.
  ///
  /// @return the secret, which is kept nowhere; empty where the name is taken
  public Optional<String> create(String name, Role role, Instant now) {
    var random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    var secret = START + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    var hash = Tokens.hash(secret);
    var made =
        change(entries -> {
          if (entries.stream().noneMatch(it -> it.name().equals(name))) {
            entries.add(new Entry(name, role, hash, now));
          }
          return entries;
        });
    return made ? Optional.of(secret) : Optional.empty();
  }

  /// Takes a token back.
  ///
  /// @return whether there was one
  public boolean revoke(String name) {
    return change(entries -> {
      entries.removeIf(it -> it.name().equals(name));
      return entries;
    });
  }

  /// What tells one state of the file from the next.
  Object version() {
    if (!Files.exists(file)) {
      return "none"; // asked at every request, and an exception is a hundred times as dear
    }
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return "none";
    }
  }

  /// Rewrites the file, one writer at a time; a reader sees the old one or the new one.
  private boolean change(UnaryOperator<List<Entry>> edit) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      try (var guard =
              FileChannel.open(
                  file.resolveSibling(NAME + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = guard.lock()) {
        var before = list();
        var after = List.copyOf(edit.apply(new ArrayList<>(before)));
        if (!after.equals(before)) {
          write(after);
        }
        return !after.equals(before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<Entry> entries) throws IOException {
    var root = Json.object();
    var list = root.putArray("tokens");
    for (var entry : entries) {
      list.addObject()
          .put("name", entry.name())
          .put("role", entry.role().wire())
          .put("sha256", entry.sha256())
          .put("created_at", entry.createdAt().toString());
    }
    var fresh =
        Files.createTempFile(
            file.resolveSibling("."),
            NAME,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, root.toPrettyString() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

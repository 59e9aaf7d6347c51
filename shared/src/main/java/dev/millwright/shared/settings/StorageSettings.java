package dev.millwright.shared.settings;

import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where everything is kept.
///
/// @param data the data directory
/// @param url of the journal's database, `null` for the embedded one under `data`
/// @param workspaces a folder that workspaces are to be below, `null` for the data directory
public record StorageSettings(
    Path data, @Nullable String url, String user, Secret password, @Nullable Path workspaces) {
  /// With workspaces under the data directory.
  public StorageSettings(Path data, @Nullable String url, String user, Secret password) {
    this(data, url, user, password, null);
  }

  /// The embedded database under a data directory.
  public static StorageSettings embedded(Path data) {
    return new StorageSettings(data, null, "", Secret.NONE);
  }

  public boolean isEmbedded() {
    return url == null;
  }

  /// The folder of this factory's workspaces. Where others may use the same place, it is one that
  /// no other factory's data leads to.
  public Path workspaceFolder() {
    if (workspaces == null) {
      return data.resolve("workspaces");
    }
    var own = data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return workspaces.resolve("millwright-" + HexFormat.of().formatHex(Sha256.of(own), 0, 4));
  }

  public StorageSettings withData(Path newData) {
    return new StorageSettings(newData, url, user, password, workspaces);
  }

  StorageSettings withWorkspaces(@Nullable Path newWorkspaces) {
    return new StorageSettings(data, url, user, password, newWorkspaces);
  }
}

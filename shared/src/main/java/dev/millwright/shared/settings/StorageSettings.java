package dev.millwright.shared.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where everything is kept.
///
/// @param data the data directory
/// @param url of the journal's database, `null` for the embedded one under `data`
public record StorageSettings(Path data, @Nullable String url, String user, Secret password) {
  /// The embedded database under a data directory.
  public static StorageSettings embedded(Path data) {
    return new StorageSettings(data, null, "", Secret.NONE);
  }

  public boolean isEmbedded() {
    return url == null;
  }

  public StorageSettings withData(Path newData) {
    return new StorageSettings(newData, url, user, password);
  }
}
